// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jcacheredis.internal.entry.EntryKey;

/**
 * A server that decides in which order changes happened, and a connection that tells of them, as
 * long as it stands.
 */
final class SimulatedStream {
  /** A change at its place among all changes. */
  record Change(EntryKey key, long place, boolean own) {}

  private enum Sign {
    UP,
    LOST,
    END
  }

  private final EventOrder order;
  private final Consumer<Change> tell;
  private final Random random;
  private final List<Change> delivered = new ArrayList<>();
  private BlockingQueue<Object> connection = new LinkedBlockingQueue<>();
  private long places;
  private boolean ended;

  SimulatedStream(EventOrder order, Consumer<Change> tell, long seed) {
    this.order = order;
    this.tell = tell;
    this.random = new Random(seed);
    connection.add(Sign.UP);
  }

  static EntryKey key(int number) {
    return new EntryKey(ByteBuffer.allocate(4).putInt(number).array());
  }

  /** A change happens; it is on the wire before its caller knows. */
  synchronized Change change(int key, boolean own) {
    Change change = new Change(key(key), ++places, own);
    connection.add(change);
    return change;
  }

  /** The connection is cut, and some of what it carries is lost. */
  synchronized void cut(boolean losing) {
    if (losing) {
      connection.removeIf(each -> each instanceof Change);
    }
    connection.add(Sign.LOST);
    connection = new LinkedBlockingQueue<>(); // nobody reads this one
  }

  /** Nothing more happens; a connection that is made later brings just that. */
  synchronized void end() {
    ended = true;
    connection.add(Sign.END);
  }

  private synchronized BlockingQueue<Object> connect() {
    connection = new LinkedBlockingQueue<>();
    if (ended) {
      connection.add(Sign.END);
    }
    return connection;
  }

  private synchronized void sign(Sign sign) {
    connection.add(sign);
  }

  private synchronized BlockingQueue<Object> connection() {
    return connection;
  }

  /** The one thread that reads; returns what it has handed on. */
  List<Change> read() throws InterruptedException {
    BlockingQueue<Object> source = connection();
    for (Object next = source.take(); next != Sign.END; next = source.take()) {
      if (random.nextInt(50) == 0) {
        LockSupport.parkNanos(20_000);
      }
      if (next instanceof Change change) {
        hand(change);
      } else if (next == Sign.UP) {
        order.linkUp();
      } else {
        order.linkDown();
        source = reconnect();
      }
    }
    return delivered;
  }

  /** Changes may arrive before all that is wanted stands. */
  private BlockingQueue<Object> reconnect() {
    LockSupport.parkNanos(200_000);
    BlockingQueue<Object> source = connect();
    LockSupport.parkNanos(200_000);
    sign(Sign.UP);
    return source;
  }

  private void hand(Change change) {
    Runnable telling = () -> tell.accept(change);
    if (change.own) {
      order.echo(change.key, change.place, telling);
      delivered.add(change);
    } else if (order.foreign(change.key, telling)) {
      delivered.add(change);
    }
  }
}
