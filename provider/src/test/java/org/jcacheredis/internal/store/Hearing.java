// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jcacheredis.testkit.RedisEndpoint;
import org.jcacheredis.testkit.RedisProbe;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;

/** A real subscriber to one channel and to the notifications of one cache, on one connection. */
final class Hearing implements AutoCloseable {
  private static final byte[] MARK = "that is all".getBytes(UTF_8);
  private static final String NOTIFICATIONS = "__keyspace@0__:";

  private final byte[] channel;
  private final RedisProbe probe;
  private final Jedis connection;
  private final Thread thread;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final CountDownLatch subscribed = new CountDownLatch(1);

  private record Message(boolean notified, byte[] payload) {}

  private final class Ears extends BinaryJedisPubSub {
    private final byte[] pattern;

    Ears(byte[] pattern) {
      this.pattern = pattern;
    }

    @Override
    public void onSubscribe(byte[] subscribedChannel, int count) {
      psubscribe(pattern);
    }

    @Override
    public void onPSubscribe(byte[] subscribedPattern, int count) {
      subscribed.countDown();
    }

    @Override
    public void onMessage(byte[] from, byte[] message) {
      messages.add(new Message(false, message));
    }

    @Override
    public void onPMessage(byte[] by, byte[] from, byte[] event) {
      messages.add(new Message(true, event));
    }
  }

  private Hearing(RedisEndpoint server, byte[] channel, String keys) {
    this.channel = channel;
    this.probe = RedisProbe.of(server);
    this.connection = new Jedis(server.uri());
    Ears ears = new Ears((NOTIFICATIONS + keys).getBytes(UTF_8));
    this.thread = new Thread(() -> listen(ears), "hearing");
    thread.setDaemon(true);
  }

  /** Listens from now on; {@code keys} is a pattern. */
  static Hearing of(RedisEndpoint server, byte[] channel, String keys) {
    Hearing hearing = new Hearing(server, channel, keys);
    hearing.thread.start();
    await(hearing.subscribed);
    return hearing;
  }

  private void listen(Ears ears) {
    try {
      connection.subscribe(ears, channel);
    } catch (RuntimeException e) {
      subscribed.countDown(); // the connection was closed
    }
  }

  /** What was announced since the last call. */
  List<Announcement> announcements() {
    return messages().stream()
        .filter(message -> !message.notified)
        .map(message -> Objects.requireNonNull(Announcement.parse(message.payload)))
        .toList();
  }

  /** All that was heard since the last call: the kinds of announcements, and notifications. */
  List<String> sequence() {
    return messages().stream().map(Hearing::word).toList();
  }

  private static String word(Message message) {
    return message.notified
        ? new String(message.payload, UTF_8)
        : Objects.requireNonNull(Announcement.parse(message.payload)).kind().name();
  }

  private List<Message> messages() {
    probe.commandBytes("PUBLISH".getBytes(UTF_8), channel, MARK);
    List<Message> heard = new ArrayList<>();
    for (Message next = next(); !Arrays.equals(next.payload, MARK); next = next()) {
      heard.add(next);
    }
    return heard;
  }

  private Message next() {
    try {
      return Objects.requireNonNull(messages.poll(10, TimeUnit.SECONDS), "no message came");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not subscribed within 10 s");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    connection.disconnect();
    probe.close();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
