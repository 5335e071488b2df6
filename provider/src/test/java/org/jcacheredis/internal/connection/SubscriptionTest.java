// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jcacheredis.internal.connection.Subscriber.Wanted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;

/** Which commands lead from one subscription to the next. */
class SubscriptionTest {
  @Test
  void from_nothing_asksForEverythingThenTheMark() {
    assertThat(words(wanted(1, "a", "k*", "ns:"), Subscription.NONE))
        .containsExactly(
            "SUBSCRIBE a",
            "PSUBSCRIBE __keyspace@3__:k*",
            "CLIENT TRACKING ON BCAST PREFIX ns:",
            "PING version-1");
  }

  @Test
  void from_another_addsBeforeTheMarkAndDropsAfterIt() {
    assertThat(words(wanted(7, "b", "l*", null), wanted(6, "a", "k*", "ns:")))
        .containsExactly(
            "SUBSCRIBE b",
            "PSUBSCRIBE __keyspace@3__:l*",
            "CLIENT TRACKING OFF",
            "PING version-7",
            "UNSUBSCRIBE a",
            "PUNSUBSCRIBE __keyspace@3__:k*");
  }

  @Test
  void from_anotherPrefix_tracksTheNewOneAlone() {
    assertThat(words(wanted(2, "a", "k*", "b:"), wanted(1, "a", "k*", "a:")))
        .containsExactly(
            "CLIENT TRACKING OFF", "CLIENT TRACKING ON BCAST PREFIX b:", "PING version-2");
  }

  @Test
  void from_theSame_isTheMarkAlone() {
    assertThat(words(wanted(2, "a", "k*", "ns:"), wanted(1, "a", "k*", "ns:")))
        .containsExactly("PING version-2");
  }

  private static Subscription wanted(
      long version, String channel, String pattern, @Nullable String prefix) {
    Wanted wanted = new Wanted(Set.of(channel), Set.of(pattern), prefix);
    return Subscription.of(version, wanted, "__keyspace@3__:");
  }

  private static List<String> words(Subscription to, Subscription from) {
    return to.from(from).stream().map(SubscriptionTest::words).toList();
  }

  private static String words(CommandArguments arguments) {
    return StreamSupport.stream(arguments.spliterator(), false)
        .map(Rawable::getRaw)
        .map(raw -> new String(raw, UTF_8))
        .collect(Collectors.joining(" "));
  }
}
