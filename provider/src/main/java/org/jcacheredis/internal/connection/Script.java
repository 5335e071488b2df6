// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua program and the SHA-1 digest by which the server knows it.
 *
 * @param source the program, as sent
 * @param sha the digest in hexadecimal, as sent
 * @param access what is in doubt when its reply is lost, and whether it may be sent again
 */
public record Script(byte[] source, byte[] sha, Access access) {
  /** What a program does to the data. */
  enum Access {
    READING,
    REMOVING,
    WRITING
  }

  /** A program that may write, from its text. */
  public static Script of(String source) {
    return of(source, Access.WRITING);
  }

  static Script of(String source, Access access) {
    byte[] program = source.getBytes(StandardCharsets.UTF_8);
    return new Script(program, digest(program).getBytes(StandardCharsets.US_ASCII), access);
  }

  /** The program in the resource {@code org/jcacheredis/lua/<name>.lua} of this jar. */
  public static Script load(String name) {
    return of(source(name));
  }

  /**
   * A program of this jar that changes nothing, not even a lifetime: it is sent again if the
   * connection breaks before the reply.
   */
  public static Script loadReading(String name) {
    return of(source(name), Access.READING);
  }

  /** A program of this jar that removes what is there, or does nothing. */
  public static Script loadRemoving(String name) {
    return of(source(name), Access.REMOVING);
  }

  Verb verb() {
    return switch (access) {
      case READING -> Verb.EVALSHA_READING;
      case REMOVING -> Verb.EVALSHA_REMOVING;
      case WRITING -> Verb.EVALSHA;
    };
  }

  /** The text of the resource {@code org/jcacheredis/lua/<name>.lua} of this jar. */
  public static String source(String name) {
    String path = "/org/jcacheredis/lua/" + name + ".lua";
    try (InputStream in = Script.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from the jar; rebuild it");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] program) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(program));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
