// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jcacheredis.internal.connection.Subscriber.Wanted;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jcacheredis.testkit.RedisProbe;
import org.jspecify.annotations.Nullable;

/** A subscriber under test with what it tells; closing checks that nothing is left of it. */
final class Listening implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(10);
  private static final String NAME = "storetests-events";

  final RecordingSink sink = new RecordingSink();
  final Subscriber subscriber;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), Listening::daemon);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Listening::daemon);

  Listening(URI uri) {
    this(Connections.settings(uri, Duration.ofSeconds(2)));
  }

  Listening(ConnectionSettings settings) {
    this.subscriber = Subscriber.of(settings, threads, timer, sink);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "listening");
    thread.setDaemon(true);
    return thread;
  }

  static Wanted channels(String... channels) {
    return new Wanted(Set.of(channels), Set.of(), null);
  }

  static Wanted keys(String... patterns) {
    return new Wanted(Set.of(), Set.of(patterns), null);
  }

  static Wanted tracking(@Nullable String prefix, String... channels) {
    return new Wanted(Set.of(channels), Set.of(), prefix);
  }

  /** Wants it, and waits until it stands. */
  Listening with(Wanted wanted) {
    subscriber.want(wanted);
    assertThat(subscriber.await(SOON)).isTrue();
    return this;
  }

  void awaitLine(String line) {
    await(line).atMost(SOON).until(() -> sink.has(line));
  }

  void awaitStates(String... states) {
    await(Arrays.toString(states)).atMost(SOON).until(() -> sink.states().equals(List.of(states)));
  }

  /** The lines of CLIENT LIST that are subscribers. */
  static List<String> clients(RedisProbe probe) {
    return String.valueOf(probe.command("CLIENT", "LIST"))
        .lines()
        .filter(line -> line.contains("name=" + NAME + " "))
        .toList();
  }

  /** Closes all subscriber connections of a server. */
  static void kill(RedisProbe probe) {
    for (String client : clients(probe)) {
      probe.command("CLIENT", "KILL", "ID", client.replaceFirst("id=(\\d+).*", "$1"));
    }
  }

  /** Whether the reading thread is at work. */
  boolean isReading() {
    return threads.getActiveCount() > 0;
  }

  @Override
  public void close() {
    subscriber.close();
    await("the end of the thread")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(SOON)
        .until(() -> !isReading());
    threads.shutdown();
    timer.shutdownNow();
  }
}
