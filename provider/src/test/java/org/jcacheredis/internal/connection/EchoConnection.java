// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A connection to nobody: each command is answered by its own key. A second use at the same time,
 * or after its end, is an error; what was sent twice is remembered.
 */
final class EchoConnection extends Connection {
  private final Queue<String> unanswered = new ArrayDeque<>();
  private final AtomicInteger users = new AtomicInteger();
  private final Line line;
  private final AtomicBoolean isEnded = new AtomicBoolean();

  EchoConnection(Line line) {
    this.line = line;
    line.opened.incrementAndGet();
    line.open.incrementAndGet();
  }

  /** What all connections of a lane have in common. */
  static class Line {
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final Set<String> sent = ConcurrentHashMap.newKeySet();
    final Set<String> sentTwice = ConcurrentHashMap.newKeySet();
    final AtomicInteger misuses = new AtomicInteger();

    /** May wait, or throw, before a command leaves. */
    void beforeSending(String key) {}

    /** May wait, or throw, before a reply arrives. */
    void beforeAnswering(String key) {}
  }

  static PendingCommand command(String key) {
    CommandArguments arguments = new CommandArguments(Protocol.Command.GET).key(key);
    return new PendingCommand(arguments, key.length());
  }

  static String reply(PendingCommand command) {
    return command.reply() instanceof byte[] bytes ? new String(bytes, UTF_8) : "none";
  }

  @Override
  public void sendCommand(CommandArguments arguments) {
    String key = new String(arguments.get(1).getRaw(), UTF_8);
    enter();
    line.beforeSending(key);
    checkOpen();
    if (!line.sent.add(key)) {
      line.sentTwice.add(key);
    }
    unanswered.add(key);
    users.decrementAndGet();
  }

  @Override
  public Object getOne() {
    enter();
    String key = unanswered.remove();
    line.beforeAnswering(key);
    checkOpen();
    users.decrementAndGet();
    return key.getBytes(UTF_8);
  }

  private void enter() {
    if (users.incrementAndGet() != 1) {
      line.misuses.incrementAndGet();
    }
    checkOpen();
  }

  private void checkOpen() {
    if (isEnded.get()) {
      users.decrementAndGet();
      throw new JedisConnectionException("Socket closed");
    }
  }

  @Override
  public void forceDisconnect() {
    if (isEnded.compareAndSet(false, true)) {
      line.open.decrementAndGet();
    }
  }
}
