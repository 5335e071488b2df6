// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Writes down what a subscriber tells, a line for each call, bytes as Latin-1. */
final class RecordingSink implements Subscriber.Sink {
  static final String ALL = "invalidated everything";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private volatile @Nullable Error failure;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public void message(String channel, byte[] payload) {
    add("message " + channel + " " + text(payload));
  }

  @Override
  public void notified(byte[] key, String event) {
    add("notified " + text(key) + " " + event);
  }

  @Override
  public void invalidated(byte @Nullable [] key) {
    add(key == null ? ALL : "invalidated " + text(key));
  }

  @Override
  public void up() {
    add("up");
  }

  @Override
  public void down(String reason) {
    reasons.add(reason);
    add("down");
  }

  private void add(String line) {
    lines.add(line);
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Error toThrow = failure;
    if (toThrow != null) {
      throw toThrow;
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** From now on every call ends with this failure. */
  void failWith(Error next) {
    failure = next;
  }

  /** From now on every call waits until the latch is down. */
  void holdUntil(CountDownLatch latch) {
    gate = latch;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  boolean has(String line) {
    return lines.contains(line);
  }

  /** Ups and downs alone. */
  List<String> states() {
    List<String> states = new ArrayList<>(lines);
    states.removeIf(line -> !line.equals("up") && !line.equals("down"));
    return states;
  }

  /** Why it went down, each time. */
  List<String> reasons() {
    return List.copyOf(reasons);
  }

  void clear() {
    lines.clear();
  }
}
