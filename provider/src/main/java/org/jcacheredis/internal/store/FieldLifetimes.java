// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;

/**
 * Whether a server has what entries in hashes need: fields with lifetimes. Found out by trying each
 * command where it changes nothing, not by the server's version. Immutable.
 *
 * @param absent the name of a key that never exists
 */
public record FieldLifetimes(String absent) {
  private static final String SOME_FIELD = "f";
  private static final long SOME_TIME = 1000;

  /** Where no key of a cache is. */
  public static FieldLifetimes of(String namespace, String cache) {
    return new FieldLifetimes(Keyspace.aside(namespace, cache, "trial").toString());
  }

  /**
   * What stands between a cache and its hashes.
   *
   * @param unknown commands that the server does not know, or not with these options
   * @param forbidden commands that this user may not use
   * @param refusal what the server said to the first of the latter; empty if there is none
   */
  public record Lack(List<String> unknown, List<String> forbidden, String refusal) {
    public boolean isNone() {
      return unknown.isEmpty() && forbidden.isEmpty();
    }

    /** A fact for a message: which commands are lacking. */
    public String fact() {
      List<String> facts = new ArrayList<>();
      if (!unknown.isEmpty()) {
        facts.add("the server does not know " + String.join(", ", unknown));
      }
      if (!forbidden.isEmpty()) {
        facts.add(
            "this user may not use %s (the server answered '%s')"
                .formatted(String.join(", ", forbidden), refusal));
      }
      return String.join(" and ", facts);
    }

    /** What to do about it, besides another layout. */
    public String remedy() {
      if (!unknown.isEmpty()) {
        return "use Redis 8.0 or later, or Valkey 9.1 or later";
      }
      List<String> rights = new ArrayList<>();
      forbidden.forEach(name -> rights.add("+" + name.split(" ", -1)[0].toLowerCase(Locale.ROOT)));
      return "grant " + String.join(" ", rights) + " and the cache's keys to the user";
    }
  }

  /** The trials, to be sent in one pipeline, perhaps among other commands. */
  public List<Command> trials() {
    return List.copyOf(byName().values());
  }

  private Map<String, Command> byName() {
    Map<String, Command> trials = new LinkedHashMap<>();
    trials.put("HSETEX", fields(on(Verb.TRIAL_HSETEX).with("FXX").with("KEEPTTL")).with("v"));
    trials.put("HGETEX", fields(on(Verb.TRIAL_HGETEX).with("PX").with(SOME_TIME)));
    trials.put("HGETDEL", fields(on(Verb.TRIAL_HGETDEL)));
    trials.put("HPEXPIRE", fields(on(Verb.TRIAL_HPEXPIRE).with(SOME_TIME)));
    trials.put("HPERSIST", fields(on(Verb.TRIAL_HPERSIST)));
    trials.put("HPTTL", fields(on(Verb.HPTTL)));
    trials.put("HSCAN NOVALUES", on(Verb.HSCAN).with("0").with("NOVALUES"));
    trials.put("HGET", on(Verb.HGET).with(SOME_FIELD));
    trials.put("HMGET", on(Verb.HMGET).with(SOME_FIELD));
    trials.put("HEXISTS", on(Verb.HEXISTS).with(SOME_FIELD));
    trials.put("HLEN", on(Verb.HLEN));
    trials.put("HDEL", on(Verb.TRIAL_HDEL).with(SOME_FIELD));
    return trials;
  }

  private Command on(Verb verb) {
    return Command.of(verb).key(absent.getBytes(StandardCharsets.UTF_8));
  }

  private static Command fields(Command command) {
    return command.with("FIELDS").with(1).with(SOME_FIELD);
  }

  /**
   * What the replies to the {@link #trials} say.
   *
   * @throws RedisException if the server refuses for a reason that lies in neither command nor user
   */
  public Lack lack(List<Reply> replies) {
    List<String> unknown = new ArrayList<>();
    List<String> forbidden = new ArrayList<>();
    String first = "";
    int i = 0;
    for (String name : byName().keySet()) {
      RedisException refusal = replies.get(i++).failure();
      if (refusal == null) {
        continue;
      }
      String said = said(refusal);
      if (said.startsWith("NOPERM")) {
        first = forbidden.isEmpty() ? said.trim() : first;
        forbidden.add(name);
      } else if (said.startsWith("ERR")) {
        unknown.add(name);
      } else if (!said.startsWith("OOM")) { // who has no room for a command knows it
        throw refusal;
      }
    }
    return new Lack(unknown, forbidden, first);
  }

  private static String said(RedisException refusal) {
    Throwable cause = refusal.getCause();
    return cause == null ? "" : String.valueOf(cause.getMessage());
  }
}
