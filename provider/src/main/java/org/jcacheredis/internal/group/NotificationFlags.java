// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.util.List;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's {@code notify-keyspace-events}: what listeners need is added, nothing is taken away.
 * Where that is forbidden, one warning says what is missing and how to set it. Thread-safe.
 */
final class NotificationFlags {
  private static final Logger LOG = LoggerFactory.getLogger(NotificationFlags.class);
  private static final String SETTING = "notify-keyspace-events";

  /** Events by key; generic, string and expired ones; created keys, from Redis 7.0 on. */
  private static final String NEEDED = "Kg$xn";

  private static final String EVERYTHING = "A";
  private static final String NOT_IN_EVERYTHING = "Kn";
  private static final String LATEST = "n";

  private final Redis redis;
  private final boolean mayConfigure;
  private boolean warned;

  NotificationFlags(Redis redis, boolean mayConfigure) {
    this.redis = redis;
    this.mayConfigure = mayConfigure;
  }

  /** Looks, and adds what is missing; one or two round trips. Fails nobody. */
  synchronized void ensure() {
    try {
      Reply reply = ask(Command.of(Verb.CONFIG_GET).with(SETTING));
      RedisException refusal = reply.failure();
      if (refusal != null && !mayConfigure) {
        // who takes care of the setting has seen to it
        LOG.info("the server does not tell its {}; it is taken to be set", SETTING);
        return;
      }
      if (refusal != null) {
        warn("the server does not tell its " + SETTING + " (" + refusal.getMessage() + ")", NEEDED);
        return;
      }
      List<Reply> answer = reply.elements();
      String set = answer.size() > 1 ? answer.get(1).text() : "";
      String missing = missing(set);
      if (!missing.isEmpty()) {
        add(set, missing);
      }
    } catch (RedisException e) {
      LOG.debug("{} not looked at: {}", SETTING, e.getMessage());
    }
  }

  private void add(String set, String missing) {
    if (!mayConfigure) {
      if (!isPerhapsSet(set, missing)) {
        warn("server has " + SETTING + " '" + set + "'", set + missing);
      }
      return;
    }
    Reply reply = ask(Command.of(Verb.CONFIG_SET).with(SETTING).with(set + missing));
    if (reply.failure() != null && missing.contains(LATEST)) {
      // before Redis 7.0 the server does not tell created keys from changed ones
      String older = missing.replace(LATEST, "");
      if (older.isEmpty()) {
        return;
      }
      reply = ask(Command.of(Verb.CONFIG_SET).with(SETTING).with(set + older));
    }
    RedisException refusal = reply.failure();
    if (refusal != null && !isPerhapsSet(set, missing)) {
      warn(
          "server has " + SETTING + " '" + set + "' (" + refusal.getMessage() + ")", set + missing);
    }
  }

  /** Where everything is set, the server does not show this one flag. */
  private static boolean isPerhapsSet(String set, String missing) {
    return set.contains(EVERYTHING) && missing.equals(LATEST);
  }

  private Reply ask(Command command) {
    return redis.callAll(List.of(command)).get(0);
  }

  private static String missing(String set) {
    StringBuilder missing = new StringBuilder();
    for (char flag : NEEDED.toCharArray()) {
      boolean isIncluded =
          set.indexOf(flag) >= 0
              || (set.contains(EVERYTHING) && NOT_IN_EVERYTHING.indexOf(flag) < 0);
      if (!isIncluded) {
        missing.append(flag);
      }
    }
    return missing.toString();
  }

  private void warn(String fact, String wanted) {
    if (!warned) {
      warned = true;
      LOG.warn(
          "{}; events of expired entries and of writes by other clients need more of it: run CONFIG"
              + " SET {} {}, or set it where the service is configured. Changes made through this"
              + " provider are heard all the same",
          fact,
          SETTING,
          wanted);
    }
  }
}
