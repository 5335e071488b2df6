// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Script;
import org.jcacheredis.internal.connection.Verb;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;

/** One string key an entry: works on every server, with exact lifetimes and exact eviction. */
public final class KeysLayout implements EntryStore {
  private static final String SCAN_START = "0";
  private static final long PTTL_ABSENT = -2;
  private static final long PTTL_ETERNAL = -1;

  private final Redis redis;
  private final Keyspace keyspace;
  private final int scanSize;

  public KeysLayout(Redis redis, Keyspace keyspace, int scanSize) {
    this.redis = redis;
    this.keyspace = keyspace;
    this.scanSize = scanSize;
  }

  @Override
  public byte @Nullable [] read(EntryKey key, long access) {
    return redis.call(reading(key, access)).bytes();
  }

  @Override
  public List<byte @Nullable []> readAll(List<EntryKey> keys, long access) {
    if (access == Lifetimes.UNCHANGED) {
      Command mget = Command.of(Verb.MGET);
      keys.forEach(key -> mget.key(keyspace.name(key)));
      return redis.call(mget).bulks();
    }
    List<byte @Nullable []> found = new ArrayList<>(keys.size());
    for (Reply reply : redis.callAll(each(keys, key -> reading(key, access)))) {
      found.add(reply.bytes());
    }
    return found;
  }

  private Command reading(EntryKey key, long access) {
    byte[] entry = keyspace.name(key);
    if (access == Lifetimes.UNCHANGED) {
      return Command.of(Verb.GET).key(entry);
    }
    if (access == Lifetimes.ZERO) {
      return Command.of(Verb.GETDEL).key(entry);
    }
    Command getex = Command.of(Verb.GETEX).key(entry);
    return access == Lifetimes.ETERNAL ? getex.with("PERSIST") : getex.with("PX").with(access);
  }

  @Override
  public boolean contains(EntryKey key) {
    return redis.call(exists(key)).integer() > 0;
  }

  @Override
  public Set<EntryKey> present(List<EntryKey> keys) {
    List<Reply> replies = redis.callAll(each(keys, this::exists));
    Set<EntryKey> present = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      if (replies.get(i).integer() > 0) {
        present.add(keys.get(i));
      }
    }
    return present;
  }

  private Command exists(EntryKey key) {
    return Command.of(Verb.EXISTS).key(keyspace.name(key));
  }

  @Override
  public @Nullable Long remaining(EntryKey key) {
    long millis = redis.call(Command.of(Verb.PTTL).key(keyspace.name(key))).integer();
    if (millis == PTTL_ABSENT) {
      return null;
    }
    return millis == PTTL_ETERNAL ? Lifetimes.ETERNAL : millis;
  }

  @Override
  public Outcome apply(Change change) {
    Plan plan = plan(change);
    return plan.reading().apply(redis.call(plan.command()));
  }

  @Override
  public List<Outcome> applyAll(List<Change> changes) {
    List<Plan> plans = changes.stream().map(this::plan).toList();
    List<Reply> replies = redis.callAll(plans.stream().map(Plan::command).toList());
    List<Outcome> outcomes = new ArrayList<>(plans.size());
    for (int i = 0; i < plans.size(); i++) {
      RedisException refusal = replies.get(i).failure();
      outcomes.add(
          refusal == null ? plans.get(i).reading().apply(replies.get(i)) : Outcome.failed(refusal));
    }
    return outcomes;
  }

  private Plan plan(Change change) {
    return Plan.of(keyspace.name(change.key()), change.mutation(), change.lifetimes());
  }

  @Override
  public Reply run(Script script, EntryKey key, List<byte[]> arguments) {
    return redis.call(running(script, key, arguments));
  }

  @Override
  public List<Reply> runAll(Script script, List<Invocation> invocations) {
    return redis.callAll(
        invocations.stream().map(each -> running(script, each.key(), each.arguments())).toList());
  }

  private Command running(Script script, EntryKey key, List<byte[]> arguments) {
    Command command = Command.of(script, keyspace.name(key));
    arguments.forEach(command::with);
    return command;
  }

  @Override
  public Page scan(@Nullable Page page) {
    return page(redis.call(scanning(page == null ? SCAN_START : page.cursor())));
  }

  private Command scanning(String cursor) {
    return Command.of(Verb.SCAN)
        .with(cursor)
        .with("MATCH")
        .with(keyspace.pattern())
        .with("COUNT")
        .with(scanSize);
  }

  private Page page(Reply reply) {
    List<Reply> parts = reply.elements();
    List<EntryKey> keys = new ArrayList<>();
    for (byte[] name : parts.get(1).bulks()) {
      keys.add(keyspace.key(name));
    }
    return new Page(parts.get(0).text(), keys);
  }

  @Override
  public void clear() {
    Page page = scan(null);
    while (!page.isLast()) {
      // one trip: drop what this page found, fetch the next
      List<Command> step = dropping(page);
      step.add(scanning(page.cursor()));
      List<Reply> replies = redis.callAll(step);
      replies.forEach(Reply::checked);
      page = page(replies.get(replies.size() - 1));
    }
    redis.callAll(dropping(page)).forEach(Reply::checked);
  }

  private List<Command> dropping(Page page) {
    List<Command> commands = new ArrayList<>(2);
    if (!page.keys().isEmpty()) {
      Command unlink = Command.of(Verb.UNLINK);
      page.keys().forEach(key -> unlink.key(keyspace.name(key)));
      commands.add(unlink);
    }
    return commands;
  }

  private static List<Command> each(List<EntryKey> keys, Function<EntryKey, Command> command) {
    return keys.stream().map(command).toList();
  }
}
