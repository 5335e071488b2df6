// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Another JVM of the same class path and of the provider's settings among the system properties,
 * and of the same JDK unless told otherwise, for tests that need two. What it prints is kept by
 * lines, errors among them. It is killed at its deadline, at {@link #close()} and with this JVM.
 */
public final class JavaProcess implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String SETTING = "jcache-redis.";

  private final String name;
  private final Process process;
  private final Path directory;
  private final Watchdog watchdog;
  private final long endNanos;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private JavaProcess(String name, Process process, Duration deadline) {
    this.name = name;
    this.process = process;
    this.directory = Directories.temporary("java-process-");
    this.watchdog = Watchdog.over(process.pid(), directory);
    this.endNanos = System.nanoTime() + deadline.toNanos();
    this.reader = new Thread(this::read, "java-process-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the main class with a deadline of 60 s. */
  public static JavaProcess start(Class<?> main, String... arguments) {
    return start(DEADLINE, List.of(), main, arguments);
  }

  /**
   * Starts the main class.
   *
   * @param deadline how long the JVM may live
   * @param options options of the JVM, e.g. {@code -Dname=value}
   */
  public static JavaProcess start(
      Duration deadline, List<String> options, Class<?> main, String... arguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return start(java, deadline, options, main, arguments);
  }

  /**
   * Starts the main class on another Java.
   *
   * @param java the program, e.g. {@code /opt/jdk-25/bin/java}
   */
  public static JavaProcess start(
      Path java, Duration deadline, List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(settings());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new JavaProcess(main.getSimpleName(), process, deadline);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** What was printed so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The first line that fits, as soon as it is printed; at the deadline an exception. */
  public String awaitLine(Predicate<String> fits) {
    Polling.until(left(), () -> lines.stream().anyMatch(fits) || hasEnded());
    return lines.stream()
        .filter(fits)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " did not print it, but: " + lines));
  }

  /** The first line that begins so, as soon as it is printed; at the deadline an exception. */
  public String awaitLine(String prefix) {
    return awaitLine(line -> line.startsWith(prefix));
  }

  /** Writes a line to the standard input of the JVM. */
  public void send(String line) {
    @SuppressWarnings("resource") // closing it would end the input of the JVM
    PrintWriter input = new PrintWriter(process.outputWriter(UTF_8), true);
    input.println(line);
  }

  /** Waits for the end and gives the exit value; at the deadline it kills and throws. */
  public int exitValue() {
    try {
      if (!process.waitFor(left().toNanos(), TimeUnit.NANOSECONDS)) {
        kill();
        throw new IllegalStateException(name + " passed its deadline; it printed: " + lines);
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }

  /** SIGSTOP: its connections stay open and it does nothing. */
  public void freeze() {
    Signals.send("STOP", pid());
  }

  /** SIGCONT: it goes on where it was. */
  public void thaw() {
    Signals.send("CONT", pid());
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() {
    watchdog.close();
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
    Directories.delete(directory);
  }

  private boolean hasEnded() {
    return !process.isAlive() && !reader.isAlive();
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  private void read() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // the JVM was killed while it printed
    }
  }

  // what all tests of this JVM run with, e.g. a layout, holds for those that they start
  private static List<String> settings() {
    Properties properties = System.getProperties();
    return properties.stringPropertyNames().stream()
        .filter(name -> name.startsWith(SETTING))
        .map(name -> "-D" + name + "=" + properties.getProperty(name))
        .sorted()
        .toList();
  }

  // a test JVM may run with modules, or with a class path that only its launcher's properties tell
  private static String classPath() {
    return Stream.of("java.class.path", "surefire.test.class.path", "jdk.module.path")
        .map(property -> System.getProperty(property, ""))
        .filter(path -> !path.isEmpty())
        .reduce((one, other) -> one + File.pathSeparator + other)
        .orElseThrow();
  }
}
