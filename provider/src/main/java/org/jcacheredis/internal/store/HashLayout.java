// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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

/**
 * Entries as fields of a fixed number of hashes, each field with a lifetime of its own: for servers
 * that have these. To clear, count and iterate costs what this cache holds, whatever else is on the
 * server.
 */
public final class HashLayout implements EntryStore {
  private static final Script READ = Script.loadReading("read_hash");
  private static final long NO_FIELD = -2;
  private static final long NO_END = -1;

  private final Redis redis;
  private final HashNames names;
  private final EntryChanges changes;
  private final Adoption adoption;
  private final PartitionScan partitionScan;

  /**
   * Entries under {@code names}.
   *
   * @param audience who is told of every change before it is made
   * @param scanSize about how many fields a step of a scan looks at
   */
  public HashLayout(Redis redis, HashNames names, Audience audience, int scanSize) {
    this.redis = redis;
    this.names = names;
    this.changes = new EntryChanges(redis, new InHashes(names), audience);
    this.adoption = new Adoption(redis, names, changes);
    this.partitionScan = new PartitionScan(redis, names, scanSize);
  }

  @Override
  public byte @Nullable [] read(EntryKey key, long access) {
    return access == Lifetimes.UNCHANGED
        ? redis.call(Command.of(Verb.HGET).key(names.name(key)).with(key.bytes())).bytes()
        : changes.read(key, access);
  }

  @Override
  public List<byte @Nullable []> readAll(List<EntryKey> keys, long access) {
    FieldGroups groups = new FieldGroups(names, keys);
    if (access == Lifetimes.UNCHANGED) {
      return groups.inOrder(redis.callAll(groups.listing(Verb.HMGET)), Reply::bulks);
    }
    if (keepsShadows()) {
      return changes.readAll(keys, access);
    }
    List<Command> commands =
        groups.counting(
            partition -> InHashes.lifetime(Command.of(Verb.HGETEX).key(partition), access));
    return groups.inOrder(redis.callAll(commands), Reply::bulks);
  }

  /** Whether somebody wants to be told of the end of entries with their values. */
  private boolean keepsShadows() {
    Announcing announcing = changes.announcing();
    return announcing != null && announcing.wants(Announcing.Wish.SHADOW);
  }

  @Override
  public TimedValue readTimed(EntryKey key) {
    List<Reply> reply = redis.call(Command.of(READ, names.name(key)).with(key.bytes())).elements();
    return timed(reply.get(0).bytes(), remaining(reply.get(1)));
  }

  @Override
  public List<TimedValue> readAllTimed(List<EntryKey> keys) {
    FieldGroups groups = new FieldGroups(names, keys);
    List<Command> commands = new ArrayList<>(groups.listing(Verb.HMGET));
    int partitions = commands.size();
    commands.addAll(times(groups));
    List<Reply> replies = redis.callAll(commands);
    List<byte @Nullable []> values = groups.inOrder(replies.subList(0, partitions), Reply::bulks);
    List<@Nullable Long> left =
        groups.inOrder(replies.subList(partitions, replies.size()), HashLayout::remainingOfFields);
    return IntStream.range(0, keys.size())
        .mapToObj(i -> timed(values.get(i), left.get(i)))
        .toList();
  }

  private static TimedValue timed(byte @Nullable [] bytes, @Nullable Long left) {
    if (bytes == null) {
      return TimedValue.ABSENT;
    }
    return new TimedValue(bytes, left == null ? Lifetimes.ZERO : left);
  }

  @Override
  public boolean contains(EntryKey key) {
    Command exists = Command.of(Verb.HEXISTS).key(names.name(key)).with(key.bytes());
    return redis.call(exists).integer() > 0;
  }

  @Override
  public Set<EntryKey> present(List<EntryKey> keys) {
    List<@Nullable Long> left = remainingAll(keys);
    Set<EntryKey> present = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      if (left.get(i) != null) {
        present.add(keys.get(i));
      }
    }
    return present;
  }

  @Override
  public @Nullable Long remaining(EntryKey key) {
    return remainingAll(List.of(key)).get(0);
  }

  @Override
  public List<@Nullable Long> remainingAll(List<EntryKey> keys) {
    FieldGroups groups = new FieldGroups(names, keys);
    return groups.inOrder(redis.callAll(times(groups)), HashLayout::remainingOfFields);
  }

  @Override
  public List<@Nullable Long> remainingToClaim(List<EntryKey> keys, long longest) {
    List<@Nullable Long> left = remainingAll(keys);
    if (keepsShadows()) {
      adoption.adopt(
          IntStream.range(0, keys.size())
              .filter(i -> isWithin(left.get(i), longest))
              .mapToObj(i -> new Adoption.Ending(keys.get(i), left.get(i)))
              .toList());
    }
    return left;
  }

  private static boolean isWithin(@Nullable Long left, long longest) {
    return left != null && left >= 0 && left <= longest;
  }

  private static List<Command> times(FieldGroups groups) {
    return groups.counting(partition -> Command.of(Verb.HPTTL).key(partition));
  }

  private static List<@Nullable Long> remainingOfFields(Reply hpttl) {
    List<@Nullable Long> all = new ArrayList<>();
    hpttl.elements().forEach(field -> all.add(remaining(field)));
    return all;
  }

  private static @Nullable Long remaining(Reply field) {
    long millis = field.integer();
    if (millis == NO_FIELD) {
      return null;
    }
    return millis == NO_END ? Lifetimes.ETERNAL : millis;
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
    return partitionScan.keys(page);
  }

  @Override
  public Filled scanFilled(@Nullable Page page) {
    return partitionScan.filled(page);
  }

  /** Where somebody keeps shadows, they have to go with their entries, one by one. */
  @Override
  public void clear() {
    if (keepsShadows()) {
      Page page = null;
      do {
        page = scan(page);
        redis.callAll(changes.discarding(page.keys())).forEach(Reply::checked);
      } while (!page.isLast());
      return;
    }
    redis.callAll(each(Verb.UNLINK)).forEach(Reply::checked);
  }

  /** What the server has not deleted yet although its lifetime is over, is counted. */
  @Override
  public long size() {
    return redis.callAll(each(Verb.HLEN)).stream().mapToLong(Reply::integer).sum();
  }

  /** A command for each partition. */
  private List<Command> each(Verb verb) {
    return IntStream.range(0, names.partitions())
        .mapToObj(p -> Command.of(verb).key(names.name(p)))
        .toList();
  }
}
