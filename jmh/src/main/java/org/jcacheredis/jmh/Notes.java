// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a fork has to say beside its figures, on its way to the launcher. */
final class Notes {
  /** The system property that names the file; the launcher sets it for every fork. */
  static final String FILE_PROPERTY = "jcache.bench.notes";

  private Notes() {}

  /** Adds a line for the launcher to print, or prints it when there is no launcher. */
  static void add(String line) {
    String file = System.getProperty(FILE_PROPERTY);
    if (file == null) {
      System.out.println(line);
      return;
    }
    try {
      Files.writeString(
          Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
