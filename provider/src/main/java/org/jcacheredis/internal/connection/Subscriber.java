// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Listens to one server on a connection of its own: messages, key notifications, invalidations.
 * Connects again by itself, and tells when something may have been missed. Thread-safe; one thread
 * reads, as long as it is open.
 */
public final class Subscriber implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE_AFTER_REFUSAL = Duration.ofSeconds(30);
  private static final int SIGNS_OF_LIFE = 3;

  /**
   * Is called by the one reading thread, in the order of the stream, and must not block. What it
   * throws is logged and counted, and the stream goes on.
   */
  public interface Sink {
    /** Somebody published to one of the channels. */
    void message(String channel, byte[] payload);

    /** The server did something to a key that fits one of the patterns. */
    void notified(byte[] key, String event);

    /** A key with the tracked prefix changed; null: every key may have. */
    void invalidated(byte @Nullable [] key);

    /**
     * All that was wanted when the connection was made stands. Alternates with {@link #down};
     * messages come only in between.
     */
    void up();

    /** From now on messages may be lost, until {@link #up}. Not called by the close. */
    void down(String reason);
  }

  /**
   * What is listened to. Patterns should not overlap: what fits two is told twice.
   *
   * @param channels told by {@link Sink#message}
   * @param keyPatterns globs of keys, told by {@link Sink#notified}
   * @param trackedPrefix of keys, told by {@link Sink#invalidated}; null for none
   */
  public record Wanted(
      Set<String> channels, Set<String> keyPatterns, @Nullable String trackedPrefix) {
    /** Keeps copies. */
    public Wanted {
      channels = Set.copyOf(channels);
      keyPatterns = Set.copyOf(keyPatterns);
    }

    boolean isNothing() {
      return channels.isEmpty() && keyPatterns.isEmpty() && trackedPrefix == null;
    }
  }

  private final ConnectionSettings settings;
  private final Executor thread;
  private final ScheduledExecutorService timer;
  private final Failures failures;
  private final Pushes pushes;
  private final Wishes wishes;
  private final ReentrantLock starting = new ReentrantLock();
  private @Nullable Future<?> ticking;
  private volatile Duration silence = SILENCE;
  private volatile @Nullable SubscriberConnection connection;

  // of the reading thread
  private final BackOff backOff = new BackOff();
  private final Outage outage;
  private long upSince;

  private Subscriber(
      ConnectionSettings settings, Executor thread, ScheduledExecutorService timer, Sink sink) {
    this.settings = settings;
    this.thread = thread;
    this.timer = timer;
    this.failures = new Failures(settings);
    this.outage = new Outage(settings.uri());
    String notifications =
        "__keyspace@" + Objects.requireNonNullElse(settings.database(), 0) + "__:";
    this.pushes = new Pushes(sink, notifications);
    this.wishes = new Wishes(notifications);
  }

  /**
   * A subscriber that opens nothing until something is wanted.
   *
   * @param thread gives a thread for as long as the subscriber is open
   * @param timer for pings
   */
  public static Subscriber of(
      ConnectionSettings settings, Executor thread, ScheduledExecutorService timer, Sink sink) {
    return new Subscriber(settings, thread, timer, sink);
  }

  /**
   * Says what to listen to from now on, in place of what was said before. Connects if need be, or
   * tells the server the difference: what stays loses nothing and is told once. Does not wait for
   * the server; only a server that takes no bytes may hold it up, for the longest silence.
   */
  public void want(Wanted wanted) {
    wishes.want(wanted);
    if (!wanted.isNothing()) {
      start();
    }
    SubscriberConnection open = connection;
    if (open != null) {
      open.reconcile(wishes::current);
    }
  }

  private void start() {
    starting.lock();
    try {
      if (ticking == null && !wishes.isClosed()) {
        schedule();
        thread.execute(this::run);
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("no thread to listen with: {}", e.getMessage());
      close();
    } finally {
      starting.unlock();
    }
  }

  private void schedule() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    long pause = Math.max(1, silence.toMillis() / SIGNS_OF_LIFE);
    ticking = timer.scheduleWithFixedDelay(this::tick, 0, pause, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    SubscriberConnection open = connection;
    if (open != null) {
      open.tick();
    }
  }

  /**
   * Waits until all that is wanted at the time of this call is confirmed by the server. Not for the
   * sink: its thread is the one that would be waited for.
   *
   * @return false when the time is up, or at once if the last attempt to connect failed or was
   *     refused, or after the close
   */
  public boolean await(Duration longest) {
    return wishes.await(longest);
  }

  /** Whether the connection stands, as far as is known. */
  public boolean isUp() {
    return wishes.isUp();
  }

  /** How often the sink threw. */
  long sinkFailures() {
    return pushes.failures();
  }

  /** Whether the server has refused what is wanted now; less may be granted. */
  public boolean isRefused() {
    return wishes.isRefused();
  }

  /**
   * Sets the longest silence of the server before the connection counts as lost; 5 s if not set.
   * The server is asked for a sign of life three times as often.
   */
  public void silence(Duration longest) {
    starting.lock();
    try {
      silence = longest;
      SubscriberConnection open = connection;
      if (open != null) {
        open.silence(longest);
      }
      if (ticking != null && !wishes.isClosed()) {
        schedule();
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("no timer for pings: {}", e.getMessage());
      close();
    } finally {
      starting.unlock();
    }
  }

  private void run() {
    while (!wishes.isClosed()) {
      long version = wishes.current().version();
      boolean isRefused = listen(version);
      try {
        Duration longest = isRefused ? LONGEST_PAUSE_AFTER_REFUSAL : LONGEST_PAUSE;
        // nothing wakes those who only wait for the server to come back
        wishes.pause(backOff.nextMillis(longest), isRefused ? version : Wishes.ANY);
      } catch (InterruptedException e) {
        close();
      }
    }
  }

  /** Returns when the connection is lost, or could not be made: whether the server refused it. */
  private boolean listen(long version) {
    SubscriberConnection fresh = new SubscriberConnection(settings, silence);
    connection = fresh;
    // whoever closed, or changed the silence, may not have seen this connection
    if (wishes.isClosed()) {
      return false;
    }
    fresh.silence(silence);
    try {
      fresh.open();
      fresh.reconcile(wishes::current);
      while (!wishes.isClosed()) {
        hear(fresh, fresh.read());
      }
      return false;
    } catch (JedisException e) {
      over(e, version);
      return Failures.isLastingRefusal(e);
    } catch (RuntimeException | Error e) {
      // without its reader the connection would look alive and tell nothing
      LOG.warn("the reader failed; it begins anew", e);
      over(new JedisException("the reader failed", e), version);
      return false;
    } finally {
      fresh.cut();
    }
  }

  private void hear(SubscriberConnection from, @Nullable Object said) {
    if (said instanceof List<?> push) {
      pushes.tell(push);
      return;
    }
    Subscription standing = said instanceof byte[] reply ? from.confirmed(reply) : null;
    if (standing != null) {
      pushes.hear(standing);
      if (!wishes.isUp()) {
        up();
      }
      wishes.confirmed(standing.version());
    }
  }

  private void up() {
    outage.end();
    upSince = System.nanoTime();
    pushes.up();
  }

  private void over(JedisException e, long version) {
    if (wishes.isClosed()) {
      return;
    }
    boolean isRefused = Failures.isLastingRefusal(e);
    if (!wishes.isUp()) {
      outage.note(failures.notListening(e), isRefused);
      if (isRefused) {
        wishes.refused(version);
      } else {
        wishes.failed();
      }
      return;
    }
    String reason = failures.lost(e, silence);
    outage.note(reason, isRefused);
    if (System.nanoTime() - upSince > LONGEST_PAUSE.toNanos()) {
      backOff.reset();
    }
    wishes.lost();
    pushes.down(reason);
  }

  /** Ends connection and thread at once; the sink hears nothing more but what is under way. */
  @Override
  public void close() {
    wishes.close();
    SubscriberConnection open = connection;
    if (open != null) {
      open.cut();
    }
    starting.lock();
    try {
      if (ticking != null) {
        ticking.cancel(false);
      }
    } finally {
      starting.unlock();
    }
  }
}
