// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the proof measured: printed, and appended to a file of the build. */
final class Report {
  private static final Path FILE = Path.of("target", "many-jvms.txt");

  private Report() {}

  static synchronized void say(String line) {
    System.out.println(line);
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(
          FILE,
          line + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
