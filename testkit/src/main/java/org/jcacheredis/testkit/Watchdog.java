// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A tiny shell that waits for the end of its input, which comes when this JVM is gone, however it
 * died, and then kills a process and deletes a directory. Shutdown hooks do not run in a JVM that
 * was killed or halted.
 */
final class Watchdog implements AutoCloseable {
  private static final String SCRIPT =
      "trap '' INT HUP; read -r ignored; [ \"$1\" = none ] || kill -9 \"$1\"; rm -rf \"$2\"";

  private final Process shell;

  private Watchdog(Process shell) {
    this.shell = shell;
  }

  static Watchdog over(long pid, Path directory) {
    return start(Long.toString(pid), directory);
  }

  static Watchdog over(Path directory) {
    return start("none", directory);
  }

  private static Watchdog start(String pid, Path directory) {
    try {
      return new Watchdog(
          new ProcessBuilder("sh", "-c", SCRIPT, "watchdog", pid, directory.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the watch; call it before the process is reaped, so that no later process is killed. */
  @Override
  public void close() {
    shell.destroyForcibly();
    shell.onExit().join();
  }
}
