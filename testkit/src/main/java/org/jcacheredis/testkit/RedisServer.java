// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jcacheredis.testkit.ServerProcess.PortTakenException;

/**
 * A real server process on a free loopback port, without persistence. Its process and its directory
 * are gone after {@link #close()}, after the end of this JVM, and also when this JVM is killed. Not
 * for use by several threads at once.
 */
public final class RedisServer implements RedisEndpoint, AutoCloseable {
  private static final int PORT_ATTEMPTS = 10;

  private final int port;
  private final Path directory;
  private final List<String> command;
  private final Thread hook = new Thread(this::end, "redis-server-end");
  private ServerProcess process;

  private RedisServer(int port, Path directory, List<String> command) {
    this.port = port;
    this.directory = directory;
    this.command = command;
    this.process = ServerProcess.launch(command, directory, port);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @param extraArgs arguments of the server program, e.g. {@code "--maxmemory", "10mb"}
   */
  public static RedisServer start(String... extraArgs) {
    return onFreePort("redis-", place -> serverCommand(place, List.of(extraArgs)));
  }

  /** Starts a process of the server program with a command of its own, e.g. a Sentinel. */
  static RedisServer onFreePort(String prefix, Function<Place, List<String>> command) {
    for (int attempt = 1; ; attempt++) {
      Place place = new Place(Ports.free(), Directories.temporary(prefix));
      try {
        return new RedisServer(place.port(), place.directory(), command.apply(place));
      } catch (RuntimeException e) {
        Directories.delete(place.directory());
        if (!(e instanceof PortTakenException) || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  static List<String> serverCommand(Place place, List<String> extraArgs) {
    List<String> command = new ArrayList<>();
    command.add(ServerBinary.path().toString());
    command.addAll(List.of("--port", Integer.toString(place.port()), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no"));
    command.addAll(List.of("--dir", place.directory().toString()));
    command.addAll(extraArgs);
    return List.copyOf(command);
  }

  @Override
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  @Override
  public int port() {
    return port;
  }

  /** The process id of the running or last run server. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process runs, frozen or not. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: connections break, data is lost. Returns when the process is gone. */
  public void kill() {
    process.kill();
  }

  /** SIGSTOP: connections stay open and nothing answers. */
  public void freeze() {
    process.signal("STOP");
  }

  /** SIGCONT: what waited since {@link #freeze()} is answered now. */
  public void thaw() {
    process.signal("CONT");
  }

  /** Kills the process if it runs and starts an empty one on the same port. */
  public void restart() {
    process.kill();
    process = ServerProcess.launch(command, directory, port);
  }

  /** Kills the process and deletes its directory; a second call does nothing. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is ending and the hook does the same again, harmlessly
    }
  }

  private void end() {
    process.kill();
    if (Files.exists(directory)) {
      Directories.delete(directory);
    }
  }

  /** What a process may call its own. */
  record Place(int port, Path directory) {}
}
