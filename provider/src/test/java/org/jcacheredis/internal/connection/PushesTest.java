// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jcacheredis.internal.connection.Subscriber.Wanted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the server's pushes is told. */
class PushesTest {
  private static final String HEAD = "__keyspace@0__:";

  private final RecordingSink sink = new RecordingSink();
  private final Pushes pushes = new Pushes(sink, HEAD);

  @BeforeEach
  void hear() {
    pushes.hear(Subscription.of(1, new Wanted(Set.of("c"), Set.of("k*"), "k"), HEAD));
  }

  @Test
  void tell_beforeUpAndAfterDown_isSilent() {
    push("message", "c", "early");
    push("invalidate", List.of("k".getBytes(UTF_8)));
    pushes.up();
    push("message", "c", "x");
    pushes.down("a reason");
    push("message", "c", "late");
    assertThat(sink.lines()).containsExactly("up", "message c x", "down");
    assertThat(sink.reasons()).containsExactly("a reason");
  }

  @Test
  void tell_ofWhatIsNotHeard_isSilent() {
    pushes.up();
    push("message", "d", "x");
    push("pmessage", HEAD + "other*", HEAD + "key", "set");
    push("pmessage", HEAD + "k*", HEAD + "key", "set");
    assertThat(sink.lines()).containsExactly("up", "notified key set");
  }

  @Test
  void tell_ofConfirmationsAndTheUnknown_isSilent() {
    pushes.up();
    push("subscribe", "c", 1L);
    push("punsubscribe", HEAD + "k*", 0L);
    push("from-the-future", "x");
    assertThat(sink.lines()).containsExactly("up");
  }

  @Test
  void tell_ofInvalidations_tellsEachKeyOrAll() {
    pushes.up();
    push("invalidate", Arrays.asList("a".getBytes(UTF_8), "b".getBytes(UTF_8)));
    pushes.tell(Arrays.asList("invalidate".getBytes(UTF_8), null));
    assertThat(sink.lines())
        .containsExactly("up", "invalidated a", "invalidated b", RecordingSink.ALL);
  }

  private void push(Object... elements) {
    pushes.tell(
        Arrays.stream(elements)
            .map(element -> element instanceof String text ? text.getBytes(UTF_8) : element)
            .toList());
  }
}
