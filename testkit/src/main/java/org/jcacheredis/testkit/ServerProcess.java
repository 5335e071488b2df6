// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One run of a server program, from launch to the end of its process. */
final class ServerProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final int PROBE_MILLIS = 1_000;

  private final Process process;
  private final Watchdog watchdog;
  private final File log;
  private final int port;

  private ServerProcess(Process process, Path directory, File log, int port) {
    this.process = process;
    this.watchdog = Watchdog.over(process.pid(), directory);
    this.log = log;
    this.port = port;
  }

  /** Launches the command in the directory and returns when the server answers on the port. */
  static ServerProcess launch(List<String> command, Path directory, int port) {
    File log = directory.resolve("server.log").toFile();
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start();
      ServerProcess launched = new ServerProcess(process, directory, log, port);
      launched.awaitReady();
      return launched;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    watchdog.close();
    process.destroyForcibly();
    process.onExit().join();
  }

  void signal(String name) {
    Signals.send(name, pid());
  }

  private void awaitReady() {
    boolean ready =
        Polling.until(START_LIMIT, () -> !process.isAlive() || (saysReady() && answers()));
    if (ready && process.isAlive()) {
      return;
    }
    kill();
    String said = readLog();
    if (said.contains("in use")) {
      throw new PortTakenException(port);
    }
    throw new IllegalStateException("server on port " + port + " did not start; it said: " + said);
  }

  // an answer alone could come from a stranger on a port that this process failed to bind
  private boolean saysReady() {
    String said = readLog();
    return said.contains("eady to accept connections") || said.contains("entinel ID is");
  }

  private String readLog() {
    try {
      return Files.readString(log.toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // an error such as NOAUTH is an answer too
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      int first = socket.getInputStream().read();
      return first == '+' || first == '-';
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Somebody else bound the port between its choice and the launch. */
  static final class PortTakenException extends RuntimeException {
    PortTakenException(int port) {
      super("port " + port + " is taken; choose another");
    }
  }
}
