// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.function.BooleanSupplier;
import javax.cache.CacheException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.group.Member;
import org.jcacheredis.internal.settings.CacheSettings;
import org.jcacheredis.internal.store.Audience;
import org.jcacheredis.internal.store.EntryStore;
import org.jcacheredis.internal.store.FieldLifetimes;
import org.jcacheredis.internal.store.HashLayout;
import org.jcacheredis.internal.store.HashNames;
import org.jcacheredis.internal.store.KeyNames;
import org.jcacheredis.internal.store.KeysLayout;
import org.jcacheredis.internal.store.Layout;
import org.jcacheredis.internal.store.LayoutMark;

/**
 * Where a cache's entries are, and what is noted of that in the server. Thread-safe.
 *
 * @param redis the server, in the name of the cache
 */
record Placed(
    Redis redis, String namespace, CacheSettings settings, Layout layout, LayoutMark mark) {

  /**
   * The place of a cache that is being created.
   *
   * @param hearsExpiries whether a listener for expired entries is configured
   * @throws IllegalArgumentException if the settings contradict each other
   * @throws CacheException if the server cannot serve what they say, or has the cache elsewhere
   */
  static Placed of(
      Redis redis, String namespace, CacheSettings settings, BooleanSupplier hearsExpiries) {
    LayoutMark mark = new LayoutMark(redis, namespace, settings.name());
    FieldLifetimes fields = FieldLifetimes.of(namespace, settings.name());
    Layout layout = new LayoutChoice(redis, settings, mark, fields, hearsExpiries).choose();
    return new Placed(redis, namespace, settings, layout, mark);
  }

  /** The entries. */
  EntryStore entries(Audience audience) {
    return entries(layout, audience);
  }

  private EntryStore entries(Layout of, Audience audience) {
    String cache = settings.name();
    int scanSize = settings.scanSize();
    return switch (of.kind()) {
      case KEYS -> new KeysLayout(redis, KeyNames.entries(namespace, cache), audience, scanSize);
      case HASH ->
          new HashLayout(
              redis, HashNames.of(namespace, cache, of.partitions()), audience, scanSize);
    };
  }

  /**
   * Removes all that the server has of the cache, in whichever layout, and the note: after the
   * entries that it speaks of, so that nobody begins another layout beside what is left of them.
   *
   * @param own the entries of this layout, as the cache changes them
   */
  void vacate(EntryStore own) {
    Layout noted = mark.find();
    if (noted == null) {
      own.clear();
      return;
    }
    if (!noted.equals(layout)) {
      entries(noted, Audience.NONE).clear();
      // the note forbids the own changes
      mark.remove();
    }
    own.clear();
    mark.remove();
  }

  /**
   * What the first change of a cache in layout {@code keys} has to know, which asks nobody before:
   * whether others have it in hashes.
   */
  Member.Question question() {
    return new Member.Question() {
      @Override
      public Command command() {
        return mark.question();
      }

      @Override
      public void check(Reply reply) {
        Layout noted = mark.read(reply);
        if (noted != null && !noted.equals(layout)) {
          throw new CacheException(
              "cache '%s': layout is '%s', but %s in the server says '%s'; nothing was changed; set layout = hash or auto, or destroy the cache first"
                  .formatted(settings.name(), layout, mark, noted));
        }
      }
    };
  }
}
