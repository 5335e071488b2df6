// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;
import org.jcacheredis.internal.entry.EntryKey;
import org.jspecify.annotations.Nullable;

/**
 * Keys grouped by their partitions, for commands on many fields of one hash; what comes back is
 * brought into the order of the keys again.
 */
final class FieldGroups {
  private final HashNames names;
  private final List<EntryKey> keys;
  private final Map<Integer, List<Integer>> positions = new LinkedHashMap<>();

  FieldGroups(HashNames names, List<EntryKey> keys) {
    this.names = names;
    this.keys = keys;
    for (int i = 0; i < keys.size(); i++) {
      positions.computeIfAbsent(names.partition(keys.get(i)), p -> new ArrayList<>()).add(i);
    }
  }

  /** One command a partition, its fields without a count. */
  List<Command> listing(Verb verb) {
    return commands(partition -> Command.of(verb).key(partition), false);
  }

  /**
   * One command a partition, its fields after FIELDS and their count.
   *
   * @param opening begins the command for the key of a partition
   */
  List<Command> counting(Function<byte[], Command> opening) {
    return commands(opening, true);
  }

  private List<Command> commands(Function<byte[], Command> opening, boolean counts) {
    List<Command> commands = new ArrayList<>(positions.size());
    positions.forEach(
        (partition, group) -> {
          Command command = opening.apply(names.name(partition));
          if (counts) {
            command.with("FIELDS").with(group.size());
          }
          group.forEach(i -> command.with(keys.get(i).bytes()));
          commands.add(command);
        });
    return commands;
  }

  /**
   * What belongs to each key.
   *
   * @param replies one a partition, from the commands above
   * @param elements what a reply says of each of its fields
   */
  <T extends @Nullable Object> List<T> inOrder(
      List<Reply> replies, Function<Reply, List<T>> elements) {
    @SuppressWarnings("unchecked") // filled below with nothing else
    T[] all = (T[]) new Object[keys.size()];
    int next = 0;
    for (List<Integer> group : positions.values()) {
      List<T> found = elements.apply(replies.get(next++));
      IntStream.range(0, group.size()).forEach(i -> all[group.get(i)] = found.get(i));
    }
    return Arrays.asList(all);
  }
}
