// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.IOUtils;

/**
 * One connection of a subscriber, from opening to end. One thread opens it and reads; any thread
 * writes, ticks and cuts.
 */
final class SubscriberConnection {
  private static final Duration LONGEST_TIMEOUT = Duration.ofMillis(Integer.MAX_VALUE);

  private final ConnectionSettings settings;
  private final ReentrantLock writing = new ReentrantLock();
  private final Queue<Subscription> unconfirmed = new ConcurrentLinkedQueue<>();
  private Subscription sent = Subscription.NONE;
  private volatile @Nullable PushConnection connection;
  private volatile @Nullable Socket socket;
  private volatile boolean isCut;
  private volatile boolean isWriting;
  private volatile long writingSince;
  private volatile Duration silence;

  SubscriberConnection(ConnectionSettings settings, Duration silence) {
    this.settings = settings;
    this.silence = silence;
  }

  /**
   * Connects, with user and password.
   *
   * @throws JedisException if it fails or was cut
   */
  void open() {
    var config = Clients.listening(settings);
    JedisSocketFactory sockets =
        new DefaultJedisSocketFactory(new HostAndPort(settings.host(), settings.port()), config);
    PushConnection opened = new PushConnection(() -> kept(sockets.createSocket()), config);
    connection = opened;
    // last, so that no change of the silence is missed
    opened.setSoTimeout(millis(silence));
  }

  /** From here on it can be cut. */
  private Socket kept(Socket created) {
    socket = created;
    if (isCut) {
      IOUtils.closeQuietly(created);
      throw new JedisConnectionException("the connection was closed");
    }
    return created;
  }

  /**
   * Waits for what the server says next.
   *
   * @return a list for a push, bytes for a reply
   * @throws JedisException if the server refuses a command, or is silent for too long, or the
   *     connection breaks
   */
  @Nullable Object read() {
    return open(connection).getUnflushedObject();
  }

  private static PushConnection open(@Nullable PushConnection connection) {
    if (connection == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return connection;
  }

  /**
   * Asks the server for what is wanted by now; nothing if the connection is not open yet, or was
   * asked already. A failure to write cuts the connection: its reader hears of it.
   */
  void reconcile(Supplier<Subscription> wanted) {
    if (connection == null) {
      return;
    }
    writing.lock();
    try {
      Subscription target = wanted.get();
      if (target.version() != sent.version()) {
        List<CommandArguments> commands = target.from(sent);
        sent = target;
        unconfirmed.add(target);
        write(commands);
      }
    } finally {
      writing.unlock();
    }
  }

  /** The subscription that stands by this reply; null if the reply says nothing of the kind. */
  @Nullable Subscription confirmed(byte[] reply) {
    Subscription next = unconfirmed.peek();
    boolean isNext = next != null && next.mark().equals(new String(reply, UTF_8));
    return isNext ? unconfirmed.poll() : null;
  }

  private void write(List<CommandArguments> commands) {
    PushConnection open = open(connection);
    writingSince = System.nanoTime();
    isWriting = true;
    try {
      commands.forEach(open::sendCommand);
      open.send();
    } catch (JedisException e) {
      cut();
    } finally {
      isWriting = false;
    }
  }

  /** Asks for a sign of life; ends a write that the server does not take. */
  void tick() {
    if (isWriting && System.nanoTime() - writingSince > silence.toNanos()) {
      cut();
    } else if (connection != null && writing.tryLock()) {
      try {
        write(List.of(new CommandArguments(Protocol.Command.PING)));
      } finally {
        writing.unlock();
      }
    }
  }

  /** Takes effect at the next sign of life. */
  void silence(Duration longest) {
    silence = longest;
    PushConnection open = connection;
    if (open != null) {
      try {
        open.setSoTimeout(millis(longest));
      } catch (JedisException e) {
        cut();
      }
    }
  }

  Duration silence() {
    return silence;
  }

  /** Ends it at once: whoever reads or writes fails. While it still connects, as soon as it has. */
  void cut() {
    isCut = true;
    Socket open = socket;
    if (open != null) {
      IOUtils.closeQuietly(open);
    }
  }

  private static int millis(Duration duration) {
    return duration.compareTo(LONGEST_TIMEOUT) > 0
        ? Integer.MAX_VALUE
        : Math.max(1, (int) duration.toMillis());
  }
}
