// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.jcacheredis.RedisException;
import org.jcacheredis.RedisException.Fate;
import org.jcacheredis.internal.settings.ConnectionSettings;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Translates the client library's exceptions, once, into sentences: subject, fact, remedy. */
final class Failures {
  /** Refusals that end by themselves. */
  private static final List<String> PASSING =
      List.of("LOADING", "BUSY", "MASTERDOWN", "ERR max number of clients");

  private final String server;
  private final ConnectionSettings settings;

  Failures(ConnectionSettings settings) {
    this.server = settings.uri().toString();
    this.settings = settings;
  }

  /** The server refused the command: nothing happened. */
  RedisException refused(String subject, JedisDataException e) {
    return new RedisException(subject + ": " + answered(e), Fate.NOT_DONE, e);
  }

  private String answered(JedisDataException e) {
    return server + " answered '" + e.getMessage() + "'" + remedy(e);
  }

  private static String remedy(JedisDataException e) {
    String answer = String.valueOf(e.getMessage());
    if (answer.startsWith("NOPERM") && answer.contains("channel")) {
      return "; give the user the channels &<namespace>* and &__keyspace@*";
    }
    if (answer.startsWith("NOAUTH")) {
      return "; the server wants a password: set it in the uri or as jcache-redis.password";
    }
    if (answer.startsWith("WRONGTYPE")) {
      return "; another program uses this key: choose another namespace";
    }
    if (answer.contains("DB index")) {
      return "; check the database in the uri or in jcache-redis.database";
    }
    return e instanceof JedisAccessControlException
        ? "; check user, password and the user's rights"
        : "";
  }

  /** No connection could be had: the command was never sent. */
  RedisException unreachable(String subject, JedisException e) {
    if (refusal(e) instanceof JedisDataException answer) {
      return refused(subject, answer);
    }
    if (isExhausted(e)) {
      String fact =
          "no free connection to %s within %d ms; the pool has %d: raise pool.max-size or pool.max-wait"
              .formatted(server, settings.pool().maxWait().toMillis(), settings.pool().maxSize());
      return new RedisException(subject + ": " + fact, Fate.NOT_DONE, e);
    }
    if (e instanceof NoTurnException) {
      return new RedisException(
          "%s: %s: %s; nothing was changed".formatted(subject, server, e.getMessage()),
          Fate.NOT_DONE,
          e);
    }
    if (isInterrupted(e)) {
      Thread.currentThread().interrupt();
      return new RedisException(
          subject + ": interrupted while waiting for a connection; nothing was changed",
          Fate.NOT_DONE,
          e);
    }
    return new RedisException(
        subject + ": cannot connect to " + server + " " + why(e) + "; nothing was changed",
        Fate.NOT_DONE,
        e);
  }

  /** In the handshake the server may be silent, too, and then the command timeout counts. */
  private String why(JedisException e) {
    String fact = rootMessage(e);
    if (!isTimeout(e)) {
      return fact.equals("Connection reset") && !settings.encrypted()
          ? "(Connection reset; use rediss:// if it speaks TLS)"
          : "(" + fact + ")";
    }
    boolean isSilent = fact.startsWith("Read");
    long millis = (isSilent ? settings.commandTimeout() : settings.connectTimeout()).toMillis();
    String hint = isSilent && settings.encrypted() ? "; does it speak TLS at this port?" : "";
    return "within %d ms (%s%s)".formatted(millis, fact, hint);
  }

  /** The command was sent, or part of it, and no answer came within the command timeout. */
  RedisException unanswered(String subject, Verb verb, JedisException e) {
    return unanswered(subject, verb, e, settings.commandTimeout().toMillis());
  }

  /** The command was sent, or part of it, and no answer came in time. */
  RedisException unanswered(String subject, Verb verb, JedisException e, long millis) {
    return inDoubt(subject + ": no answer from " + server + " within " + millis + " ms", verb, e);
  }

  /** The command was sent, or part of it, and the connection broke. */
  RedisException broken(String subject, Verb verb, JedisException e) {
    return inDoubt(
        subject + ": the connection to " + server + " broke (" + rootMessage(e) + ")", verb, e);
  }

  private static RedisException inDoubt(String fact, Verb verb, JedisException e) {
    return verb.isRepeatable()
        ? new RedisException(fact, Fate.NOT_DONE, e)
        : new RedisException(fact + "; " + verb.doubt().sentence(), Fate.UNKNOWN, e);
  }

  /** Why a connection that listens could not be opened. */
  String notListening(JedisException e) {
    return refusal(e) instanceof JedisDataException answer
        ? answered(answer)
        : "cannot connect to " + server + " " + why(e);
  }

  /** Why a connection that listens was lost. */
  String lost(JedisException e, Duration silence) {
    if (refusal(e) instanceof JedisDataException answer) {
      return answered(answer);
    }
    return isTimeout(e)
        ? "no sign of life from %s within %d ms".formatted(server, silence.toMillis())
        : "the connection to " + server + " broke (" + rootMessage(e) + ")";
  }

  /** Whether the server refused, and will until somebody changes rights or settings. */
  static boolean isLastingRefusal(Throwable e) {
    return refusal(e) instanceof JedisDataException answer
        && PASSING.stream().noneMatch(String.valueOf(answer.getMessage())::startsWith);
  }

  static boolean isTimeout(Throwable e) {
    return root(e) instanceof SocketTimeoutException;
  }

  /** Whether a connection broke, or could not be opened, for another reason than time. */
  static boolean isBroken(Throwable e) {
    return !isTimeout(e)
        && !isExhausted(e)
        && !(root(e) instanceof NoTurnException)
        && !isInterrupted(e)
        && !(refusal(e) instanceof JedisDataException);
  }

  /** An interrupt ends the wait for a pooled connection and, of a virtual thread, its socket. */
  static boolean isInterrupted(Throwable e) {
    Throwable root = root(e);
    return root instanceof InterruptedException || "Closed by interrupt".equals(root.getMessage());
  }

  private static boolean isExhausted(Throwable e) {
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
