// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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

  private static final Script READ = Script.loadReading("read");

  private final Redis redis;
  private final Keyspace keyspace;
  private final EntryChanges changes;
  private final int scanSize;

  /** The server's own cursor. */
  private record ServerCursor(String text) implements Cursor {}

  /**
   * Entries under {@code names}.
   *
   * @param audience who is told of every change before it is made
   * @param scanSize about how many keys a step of a scan looks at
   */
  public KeysLayout(Redis redis, KeyNames names, Audience audience, int scanSize) {
    this.redis = redis;
    this.keyspace = names.entries();
    this.changes = new EntryChanges(redis, new InKeys(names), audience);
    this.scanSize = scanSize;
  }

  @Override
  public byte @Nullable [] read(EntryKey key, long access) {
    return access == Lifetimes.UNCHANGED
        ? redis.call(Command.of(Verb.GET).key(keyspace.name(key))).bytes()
        : changes.read(key, access);
  }

  @Override
  public List<byte @Nullable []> readAll(List<EntryKey> keys, long access) {
    return access == Lifetimes.UNCHANGED
        ? redis.call(mget(keys)).bulks()
        : changes.readAll(keys, access);
  }

  private Command mget(List<EntryKey> keys) {
    Command mget = Command.of(Verb.MGET);
    keys.forEach(key -> mget.key(keyspace.name(key)));
    return mget;
  }

  @Override
  public TimedValue readTimed(EntryKey key) {
    List<Reply> reply = redis.call(Command.of(READ, keyspace.name(key))).elements();
    return timed(reply.get(0).bytes(), reply.get(1));
  }

  @Override
  public List<TimedValue> readAllTimed(List<EntryKey> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    List<Command> commands = new ArrayList<>(keys.size() + 1);
    commands.add(mget(keys));
    keys.forEach(key -> commands.add(pttl(key)));
    List<Reply> replies = redis.callAll(commands);
    List<byte @Nullable []> values = replies.get(0).bulks();
    List<TimedValue> found = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      found.add(timed(values.get(i), replies.get(i + 1)));
    }
    return found;
  }

  private static TimedValue timed(byte @Nullable [] bytes, Reply pttl) {
    if (bytes == null) {
      return TimedValue.ABSENT;
    }
    Long left = remaining(pttl);
    return new TimedValue(bytes, left == null ? Lifetimes.ZERO : left);
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
    return remaining(redis.call(pttl(key)));
  }

  @Override
  public List<@Nullable Long> remainingAll(List<EntryKey> keys) {
    List<@Nullable Long> all = new ArrayList<>(keys.size());
    redis.callAll(each(keys, this::pttl)).forEach(reply -> all.add(remaining(reply)));
    return all;
  }

  @Override
  public List<@Nullable Long> remainingToClaim(List<EntryKey> keys, long longest) {
    return remainingAll(keys);
  }

  private Command pttl(EntryKey key) {
    return Command.of(Verb.PTTL).key(keyspace.name(key));
  }

  private static @Nullable Long remaining(Reply pttl) {
    long millis = pttl.integer();
    if (millis == PTTL_ABSENT) {
      return null;
    }
    return millis == PTTL_ETERNAL ? Lifetimes.ETERNAL : millis;
  }

  @Override
  public List<Claim> claimAll(List<EntryKey> keys) {
    return changes.claimAll(keys);
  }

  @Override
  public Outcome apply(Change change) {
    return changes.apply(change);
  }

  @Override
  public List<Outcome> applyAll(List<Change> changes) {
    return this.changes.applyAll(changes);
  }

  @Override
  public Reply run(Program program, EntryKey key, List<byte[]> arguments) {
    return changes.run(program, key, arguments);
  }

  @Override
  public List<Reply> runAll(Program program, List<Invocation> invocations) {
    return changes.runAll(program, invocations);
  }

  @Override
  public Page scan(@Nullable Page page) {
    return page(redis.call(scanning(page)));
  }

  @Override
  public Filled scanFilled(@Nullable Page page) {
    Page keys = scan(page);
    boolean isEmpty = keys.keys().isEmpty();
    return new Filled(keys, isEmpty ? List.of() : readAll(keys.keys(), Lifetimes.UNCHANGED));
  }

  private Command scanning(@Nullable Page after) {
    String cursor =
        after != null && after.next() instanceof ServerCursor next ? next.text() : SCAN_START;
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
    String cursor = parts.get(0).text();
    return new Page(cursor.equals(SCAN_START) ? null : new ServerCursor(cursor), keys);
  }

  @Override
  public void clear() {
    // whoever may not change the cache hears so even where there is nothing to discard
    var unused = changes.announcing();
    Page page = scan(null);
    while (!page.isLast()) {
      // one trip: drop what this page found, fetch the next
      List<Command> step = dropping(page);
      step.add(scanning(page));
      List<Reply> replies = redis.callAll(step);
      replies.forEach(Reply::checked);
      page = page(replies.get(replies.size() - 1));
    }
    redis.callAll(dropping(page)).forEach(Reply::checked);
  }

  /** One command for all where nobody listens, else one for each. */
  private List<Command> dropping(Page page) {
    List<Command> commands = new ArrayList<>();
    if (page.keys().isEmpty()) {
      return commands;
    }
    if (changes.announcing() == null) {
      Command unlink = Command.of(Verb.UNLINK);
      page.keys().forEach(key -> unlink.key(keyspace.name(key)));
      commands.add(unlink);
    } else {
      commands.addAll(changes.discarding(page.keys()));
    }
    return commands;
  }

  @Override
  public long size() {
    Set<EntryKey> seen = new HashSet<>();
    Page page = null;
    do {
      page = scan(page);
      seen.addAll(page.keys());
    } while (!page.isLast());
    return seen.size();
  }

  private static List<Command> each(List<EntryKey> keys, Function<EntryKey, Command> command) {
    return keys.stream().map(command).toList();
  }
}
