// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to processes that this JVM started. */
final class Signals {
  private Signals() {}

  /** Returns when the signal, e.g. {@code STOP}, is sent. */
  static void send(String name, long pid) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid))
              .inheritIO()
              .start()
              .onExit()
              .join()
              .exitValue();
      if (exit != 0) {
        throw new IllegalStateException("process " + pid + " takes no signal " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
