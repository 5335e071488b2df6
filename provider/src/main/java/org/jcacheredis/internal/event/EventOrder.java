// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jcacheredis.internal.entry.EntryKey;

/** Brings what listeners hear into the order of the changes, key by key. Thread-safe. */
public final class EventOrder {
  public EventOrder(Executor pool, int capacity, LongSupplier nanos, Duration longestWait) {}

  public boolean foreign(EntryKey key, Runnable telling) {
    return true;
  }

  public void echo(EntryKey key, long id, Runnable instead) {}

  public void inTurn(EntryKey key, long id, Runnable telling) {
    telling.run();
  }

  public void linkUp() {}

  public void linkDown() {}

  public void sweep() {}
}
