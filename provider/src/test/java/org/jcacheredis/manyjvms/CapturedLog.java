// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/** What this JVM logs from the opening to the end; it goes where it went before, too. */
public final class CapturedLog implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

  private CapturedLog() {
    OutputStream both =
        new OutputStream() {
          @Override
          public void write(int oneByte) {
            before.write(oneByte);
            copy.write(oneByte);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            before.write(bytes, from, length);
            copy.write(bytes, from, length);
          }
        };
    System.setErr(new PrintStream(both, true, UTF_8));
  }

  public static CapturedLog open() {
    return new CapturedLog();
  }

  /** The warnings that say this. */
  List<String> warnings(String text) {
    return lines(" WARN ", text);
  }

  /** The lines of information that say this. */
  public List<String> information(String text) {
    return lines(" INFO ", text);
  }

  private List<String> lines(String level, String text) {
    return copy.toString(UTF_8)
        .lines()
        .filter(line -> line.contains(level) && line.contains(text))
        .toList();
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
