// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jcacheredis.internal.connection.Subscriber.Wanted;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.args.RawableFactory;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * What one connection listens to, in the server's words.
 *
 * @param version which of the wishes it is, counted by the subscriber
 */
record Subscription(
    long version, Set<String> channels, Set<String> patterns, @Nullable String trackedPrefix) {
  static final Subscription NONE = new Subscription(0, Set.of(), Set.of(), null);
  private static final String MARK = "version-";

  /**
   * @param notifications the head of the channels of key notifications
   */
  static Subscription of(long version, Wanted wanted, String notifications) {
    return new Subscription(
        version,
        wanted.channels(),
        wanted.keyPatterns().stream()
            .map(notifications::concat)
            .collect(Collectors.toUnmodifiableSet()),
        wanted.trackedPrefix());
  }

  /**
   * The commands that lead from another subscription to this one. Between what is added and what is
   * dropped stands a PING with this version's {@link #mark}: at its reply all of this one stands,
   * and all of the other one still does.
   */
  List<CommandArguments> from(Subscription other) {
    List<CommandArguments> commands = new ArrayList<>();
    add(commands, Protocol.Command.SUBSCRIBE, missing(channels, other.channels));
    add(commands, Protocol.Command.PSUBSCRIBE, missing(patterns, other.patterns));
    if (!Objects.equals(trackedPrefix, other.trackedPrefix)) {
      track(commands, other);
    }
    commands.add(new CommandArguments(Protocol.Command.PING).add(mark()));
    add(commands, Protocol.Command.UNSUBSCRIBE, missing(other.channels, channels));
    add(commands, Protocol.Command.PUNSUBSCRIBE, missing(other.patterns, patterns));
    return commands;
  }

  private void track(List<CommandArguments> commands, Subscription other) {
    if (other.trackedPrefix != null) {
      commands.add(tracking("OFF"));
    }
    if (trackedPrefix != null) {
      commands.add(tracking("ON").add("BCAST").add("PREFIX").add(trackedPrefix));
    }
  }

  private static CommandArguments tracking(String state) {
    return new CommandArguments(Protocol.Command.CLIENT).add("TRACKING").add(state);
  }

  private static void add(
      List<CommandArguments> commands, ProtocolCommand command, Collection<String> names) {
    if (!names.isEmpty()) {
      CommandArguments arguments = new CommandArguments(command);
      names.forEach(name -> arguments.add(RawableFactory.from(name.getBytes(UTF_8))));
      commands.add(arguments);
    }
  }

  private static List<String> missing(Set<String> names, Set<String> there) {
    return names.stream().filter(name -> !there.contains(name)).toList();
  }

  /** What the server is to echo when it has come to this version. */
  String mark() {
    return MARK + version;
  }
}
