// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.Set;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.jcacheredis.internal.store.Corner.Presence;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsFieldLifetimes
class HashProcessHeardIT extends ProcessHeardContract {
  private FieldPlace fields;

  @Override
  Place place(RedisProbe onServer, String namespace, String cache) {
    fields = new FieldPlace(onServer, namespace, cache);
    return fields;
  }

  @Override
  boolean tellsSooner() {
    return true;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wishes")
  void process_ofADeadField_tellsAsOfNothing(Set<Wish> wishes) {
    fields.unreaped(
        () ->
            ProcessLuaIT.cases()
                .filter(expected -> expected.presence() == Presence.ABSENT)
                .forEach(
                    expected -> {
                      prepare(Presence.ABSENT);
                      fields.die(KEY);
                      check(expected, wishes);
                    }));
  }
}
