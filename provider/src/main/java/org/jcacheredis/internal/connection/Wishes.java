// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jcacheredis.internal.connection.Subscriber.Wanted;

/** What a subscriber is to listen to, and how far that has come. Thread-safe; never held up. */
final class Wishes {
  private enum Link {
    /** The outcome of the next attempt to connect is awaited. */
    TRYING,
    UP,
    /** The last attempt to connect was in vain; there will be others. */
    FAILED,
    CLOSED
  }

  /** No version at all: for who waits whatever is wanted. */
  static final long ANY = -1;

  private final String notifications;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Wanted wanted = new Wanted(Set.of(), Set.of(), null);
  private Subscription current = Subscription.NONE;
  private long confirmed;
  private volatile long refused = ANY;
  private volatile Link link = Link.TRYING;

  /**
   * @param notifications the head of the channels of key notifications
   */
  Wishes(String notifications) {
    this.notifications = notifications;
  }

  /** Replaces what is wanted. */
  void want(Wanted next) {
    lock.lock();
    try {
      if (!next.equals(wanted)) {
        wanted = next;
        current = Subscription.of(current.version() + 1, next, notifications);
        if (link == Link.FAILED && refused != ANY) {
          link = Link.TRYING;
        }
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  Subscription current() {
    lock.lock();
    try {
      return current;
    } finally {
      lock.unlock();
    }
  }

  boolean isUp() {
    return link == Link.UP;
  }

  /** Whether the server has refused what is wanted now. */
  boolean isRefused() {
    return link == Link.FAILED && refused != ANY;
  }

  boolean isClosed() {
    return link == Link.CLOSED;
  }

  /** All of this version stands. */
  void confirmed(long version) {
    become(Link.UP, version);
  }

  /** Nothing stands any more; an attempt to connect follows. */
  void lost() {
    become(Link.TRYING, 0);
  }

  /** An attempt to connect was in vain, whatever is wanted. */
  void failed() {
    become(Link.FAILED, 0);
    refused = ANY;
  }

  /** The server refused this version; another one may be granted. */
  void refused(long version) {
    lock.lock();
    try {
      become(current.version() == version ? Link.FAILED : Link.TRYING, 0);
      refused = version;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    become(Link.CLOSED, 0);
  }

  private void become(Link next, long version) {
    lock.lock();
    try {
      if (link != Link.CLOSED) {
        link = next;
        confirmed = version;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for what is wanted now.
   *
   * @return whether it stands; false at once if there is no hope for the moment
   */
  boolean await(Duration longest) {
    lock.lock();
    try {
      long target = current.version();
      long left = longest.toNanos();
      while (confirmed < target && left > 0 && (link == Link.TRYING || link == Link.UP)) {
        left = changed.awaitNanos(left);
      }
      return confirmed >= target && link != Link.CLOSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the time is over, or the end, or something else than this version is wanted.
   *
   * @param version {@link #ANY} to wait whatever is wanted
   */
  void pause(long millis, long version) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (left > 0 && link != Link.CLOSED && (version == ANY || current.version() == version)) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
