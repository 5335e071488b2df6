// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jcacheredis.internal.connection.Subscriber.Sink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a sink what the server pushes, and survives what the sink throws. Used by the reading
 * thread.
 */
final class Pushes {
  private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);

  private final Sink sink;
  private final byte[] notifications;
  private final AtomicLong failures = new AtomicLong();
  private boolean isUp;
  private Set<String> channels = Set.of();
  private Set<String> patterns = Set.of();

  /**
   * @param notifications the head of the channels of key notifications
   */
  Pushes(Sink sink, String notifications) {
    this.sink = sink;
    this.notifications = notifications.getBytes(UTF_8);
  }

  /**
   * Only what this subscription has is told from now on: while one pattern takes the place of
   * another, the server sends what fits both of them twice.
   */
  void hear(Subscription subscription) {
    channels = subscription.channels();
    patterns = subscription.patterns();
  }

  void up() {
    isUp = true;
    guarded(sink::up);
  }

  void down(String reason) {
    isUp = false;
    hear(Subscription.NONE);
    guarded(() -> sink.down(reason));
  }

  /**
   * Tells of messages and invalidations. Others are confirmations, and of no interest; nor is what
   * comes before all stands.
   */
  void tell(List<?> push) {
    if (!isUp) {
      return;
    }
    switch (text(push.get(0))) {
      case "message" -> message(text(push.get(1)), bytes(push.get(2)));
      case "pmessage" -> notification(text(push.get(1)), bytes(push.get(2)), text(push.get(3)));
      case "invalidate" -> invalidation((List<?>) push.get(1));
      default -> {}
    }
  }

  private void message(String channel, byte[] payload) {
    if (channels.contains(channel)) {
      guarded(() -> sink.message(channel, payload));
    }
  }

  private void notification(String pattern, byte[] channel, String event) {
    if (patterns.contains(pattern)) {
      byte[] key = Arrays.copyOfRange(channel, notifications.length, channel.length);
      guarded(() -> sink.notified(key, event));
    }
  }

  private void invalidation(@Nullable List<?> keys) {
    if (keys == null) {
      guarded(() -> sink.invalidated(null));
      return;
    }
    for (Object key : keys) {
      guarded(() -> sink.invalidated(bytes(key)));
    }
  }

  private static String text(Object element) {
    return new String(bytes(element), UTF_8);
  }

  private static byte[] bytes(Object element) {
    return (byte[]) element;
  }

  /** Errors, too: without its reader the connection would look alive and tell nothing. */
  private void guarded(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException | Error e) {
      long count = failures.incrementAndGet();
      if (Long.bitCount(count) == 1) {
        LOG.warn("what the server told was lost by a failure, the {}. so far", count, e);
      }
    }
  }

  /** How often the sink threw. */
  long failures() {
    return failures.get();
  }
}
