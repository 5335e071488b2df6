// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * The JVM of the forks.
 *
 * @param program the launcher {@code java}
 * @param version such as {@code 25.0.1}
 */
record ForkJvm(Path program, Runtime.Version version) {
  private static final int VIRTUAL_THREADS = 21;
  private static final int UNSAFE_WARNS = 24;

  /**
   * The JVM in that directory.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ForkJvm in(Path home) {
    Path program = home.resolve("bin").resolve("java");
    Path release = home.resolve("release");
    if (!Files.isExecutable(program) || !Files.exists(release)) {
      throw new IllegalArgumentException(
          "option 'java-home' is '" + home + "'; expected a directory with bin/java and release");
    }
    Properties facts = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      facts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = facts.getProperty("JAVA_VERSION", "").replace("\"", "");
    return new ForkJvm(program, Runtime.Version.parse(version));
  }

  /** What its forks are told beside what they run. */
  List<String> arguments() {
    // the benchmark kit, Netty and Kryo still use what this JVM warns of
    return version.feature() >= UNSAFE_WARNS
        ? List.of("--sun-misc-unsafe-memory-access=allow")
        : List.of();
  }

  boolean hasVirtualThreads() {
    return version.feature() >= VIRTUAL_THREADS;
  }
}
