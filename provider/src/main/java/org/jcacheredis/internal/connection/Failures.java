// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.NoSuchElementException;
import org.jcacheredis.internal.connection.RedisException.Fate;
import org.jcacheredis.internal.settings.ConnectionSettings;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Translates the client library's exceptions, once, into sentences: subject, fact, remedy. */
final class Failures {
  private final String server;
  private final ConnectionSettings settings;

  Failures(ConnectionSettings settings) {
    this.server = settings.uri().toString();
    this.settings = settings;
  }

  /** The server refused the command: nothing happened. */
  RedisException refused(String subject, JedisDataException e) {
    String remedy =
        e instanceof JedisAccessControlException
            ? "; check user, password and the user's rights"
            : "";
    return new RedisException(
        subject + ": " + server + " answered '" + e.getMessage() + "'" + remedy, Fate.NOT_DONE, e);
  }

  /** No connection could be had: the command was never sent. */
  RedisException unreachable(String subject, JedisException e) {
    if (refusal(e) instanceof JedisDataException answer) {
      return refused(subject, answer);
    }
    if (isExhausted(e)) {
      return new RedisException(
          subject
              + ": no free connection to "
              + server
              + " within "
              + settings.pool().maxWait().toMillis()
              + " ms; the pool has "
              + settings.pool().maxSize()
              + ": raise pool.max-size or pool.max-wait",
          Fate.NOT_DONE,
          e);
    }
    return new RedisException(
        subject
            + ": cannot connect to "
            + server
            + " within "
            + settings.connectTimeout().toMillis()
            + " ms ("
            + rootMessage(e)
            + "); nothing was changed",
        Fate.NOT_DONE,
        e);
  }

  /** The command was sent, or part of it, and no answer came. */
  RedisException unanswered(String subject, Verb verb, JedisException e) {
    String fact =
        isTimeout(e)
            ? "no answer from " + server + " within " + settings.commandTimeout().toMillis() + " ms"
            : "the connection to " + server + " broke (" + rootMessage(e) + ")";
    return verb.isRepeatable()
        ? new RedisException(subject + ": " + fact, Fate.NOT_DONE, e)
        : new RedisException(
            subject + ": " + fact + "; the entry may or may not be stored", Fate.UNKNOWN, e);
  }

  static boolean isTimeout(Throwable e) {
    return root(e) instanceof SocketTimeoutException;
  }

  static boolean isExhausted(Throwable e) {
    return root(e) instanceof NoSuchElementException;
  }

  private static Throwable refusal(Throwable e) {
    Throwable at = e;
    while (!(at instanceof JedisDataException) && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = root(e);
    if (root instanceof UnknownHostException) {
      return "unknown host";
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    // of several attempts to connect, the client library keeps the single failures aside
    return root instanceof JedisConnectionException && root.getSuppressed().length > 0
        ? root(root.getSuppressed()[0])
        : root;
  }
}
