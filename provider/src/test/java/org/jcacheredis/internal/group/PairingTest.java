// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcacheredis.internal.store.Announcement.Kind.CREATED;
import static org.jcacheredis.internal.store.Announcement.Kind.EXPIRED;
import static org.jcacheredis.internal.store.Announcement.Kind.REMOVED;
import static org.jcacheredis.internal.store.Announcement.Kind.SILENT;
import static org.jcacheredis.internal.store.Announcement.Kind.UPDATED;
import static org.jcacheredis.internal.store.Announcement.Kind.UPDATED_AND_EXPIRED;

import java.util.ArrayList;
import java.util.List;
import org.jcacheredis.internal.store.Announcement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PairingTest {
  private final Pairing pairing = new Pairing();

  private void announced(String key, Announcement.Kind kind) {
    pairing.announced(key.getBytes(UTF_8), kind);
  }

  /** What a stream such as "new:a set:a" means, apart from what means nothing. */
  private List<String> heard(String stream) {
    List<String> meanings = new ArrayList<>();
    for (String each : stream.split(" ", -1)) {
      String[] parts = each.split(":", -1);
      Foreign meaning = pairing.notified(parts[1].getBytes(UTF_8), parts[0]);
      if (meaning != null) {
        meanings.add(meaning + ":" + parts[1]);
      }
    }
    return meanings;
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED, new:a set:a expire:a",
    "CREATED, new:a set:a",
    "CREATED, set:a expire:a",
    "CREATED, keymiss:a new:a set:a expire:a",
    "CREATED, new:a expire:a",
    "CREATED, expire:a",
    "UPDATED, set:a expire:a",
    "UPDATED, set:a",
    "UPDATED, overwritten:a set:a",
    "UPDATED, overwritten:a type_changed:a set:a expire:a",
    "UPDATED_AND_EXPIRED, del:a",
    "REMOVED, del:a",
    "EXPIRED, del:a",
    "SILENT, del:a",
  })
  void notified_byTheAnnouncingScript_meansNothing(Announcement.Kind kind, String stream) {
    announced("a", kind);
    assertThat(heard(stream)).isEmpty();
    // and no more than that belongs to it
    assertThat(heard("set:a del:a")).containsExactly("UPDATED:a", "REMOVED:a");
  }

  @ParameterizedTest
  @EnumSource(Announcement.Kind.class)
  void notified_ofAnotherKey_isForeign(Announcement.Kind kind) {
    announced("a", kind);
    assertThat(heard("new:b set:b expire:b del:b"))
        .containsExactly("CREATED:b", "LIFETIME:b", "REMOVED:b");
    assertThat(heard("set:a")).containsExactly("UPDATED:a");
  }

  @Test
  void notified_foreignWriteAfterTheAnnouncedOne_isForeign() {
    announced("a", CREATED);
    assertThat(heard("new:a set:a")).isEmpty();
    assertThat(heard("set:a expire:a del:a new:a set:a"))
        .containsExactly("UPDATED:a", "LIFETIME:a", "REMOVED:a", "CREATED:a");
  }

  @Test
  void notified_afterTheLifetimeOfTheAnnouncedWrite_isForeign() {
    announced("a", UPDATED);
    assertThat(heard("set:a expire:a expire:a persist:a"))
        .containsExactly("LIFETIME:a", "LIFETIME:a");
  }

  @Test
  void notified_removedTwice_secondIsForeign() {
    announced("a", REMOVED);
    assertThat(heard("del:a del:a")).containsExactly("REMOVED:a");
  }

  @Test
  void notified_claimOfAnExpiredEntryThenForeignStore_isCreated() {
    assertThat(heard("expired:a")).containsExactly("EXPIRED:a");
    announced("a", EXPIRED);
    assertThat(heard("new:a set:a del:a")).containsExactly("CREATED:a", "REMOVED:a");
  }

  @Test
  void notified_expiredThenCreatedInOneScript_belongToIt() {
    announced("a", EXPIRED);
    announced("a", CREATED);
    assertThat(heard("new:a set:a expire:a")).isEmpty();
  }

  @Test
  void notified_lazilyExpiredAroundTheAnnouncement_isExpiredAlone() {
    assertThat(heard("expired:a")).containsExactly("EXPIRED:a");
    announced("a", CREATED);
    assertThat(heard("new:a set:a")).isEmpty();
    announced("a", CREATED);
    assertThat(heard("expired:a new:a set:a expire:a")).containsExactly("EXPIRED:a");
    announced("a", REMOVED);
    assertThat(heard("expired:a new:a set:a")).containsExactly("EXPIRED:a", "CREATED:a");
  }

  @Test
  void notified_expiredSoonAfterTheAnnouncedWrite_isExpired() {
    announced("a", UPDATED);
    assertThat(heard("set:a expire:a expired:a set:a")).containsExactly("EXPIRED:a", "UPDATED:a");
    announced("a", UPDATED);
    assertThat(heard("set:a expired:a expire:a")).containsExactly("EXPIRED:a", "LIFETIME:a");
  }

  @Test
  void notified_silentClearOfManyKeys_meansNothing() {
    for (String key : List.of("a", "b", "c")) {
      announced(key, SILENT);
      assertThat(heard("del:" + key)).isEmpty();
    }
  }

  @Test
  void notified_nothingSwitchedOn_leavesNoTraceOnTheNextAnnouncement() {
    announced("a", UPDATED_AND_EXPIRED);
    announced("a", CREATED);
    announced("b", UPDATED);
    assertThat(heard("set:b del:a")).containsExactly("REMOVED:a");
  }

  @ParameterizedTest
  @CsvSource({
    "set",
    "append",
    "setrange",
    "setbit",
    "incrby",
    "incrbyfloat",
    "restore",
    "copy_to",
    "rename_to",
    "move_to"
  })
  void notified_foreignStore_isCreatedIfNewAndElseUpdated(String event) {
    assertThat(heard(event + ":a")).containsExactly("UPDATED:a");
    assertThat(heard("new:a " + event + ":a " + event + ":a"))
        .containsExactly("CREATED:a", "UPDATED:a");
  }

  @Test
  void notified_rename_isRemovedAndCreated() {
    assertThat(heard("new:b rename_from:a rename_to:b")).containsExactly("REMOVED:a", "CREATED:b");
  }

  @Test
  void notified_manyKeysInOneCommand_eachHasItsOwn() {
    assertThat(heard("new:a set:a expire:a set:b new:c set:c"))
        .containsExactly("CREATED:a", "LIFETIME:a", "UPDATED:b", "CREATED:c");
  }

  @Test
  void notified_newOfAnotherType_doesNotMakeALaterStoreNew() {
    assertThat(heard("new:a hset:a type_changed:a set:a")).containsExactly("UPDATED:a");
  }

  @Test
  void notified_movedEvictedAndUnknown_areRemovedAndNothing() {
    assertThat(heard("move_from:a evicted:b hset:c lpush:c somethingNew:c"))
        .containsExactly("REMOVED:a");
  }

  @Test
  void reset_betweenAnnouncementAndWrite_forgetsBoth() {
    announced("a", UPDATED);
    pairing.reset();
    assertThat(heard("set:a")).containsExactly("UPDATED:a");
    assertThat(heard("new:b")).isEmpty();
    pairing.reset();
    assertThat(heard("set:b")).containsExactly("UPDATED:b");
  }
}
