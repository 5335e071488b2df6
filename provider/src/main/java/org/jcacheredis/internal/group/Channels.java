// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jcacheredis.internal.store.Keyspace;

/** The names of the channels and key patterns of one namespace; no entry's key looks like them. */
record Channels(String namespace) {
  /** What the nodes tell each other. */
  String control() {
    return namespace + "!control";
  }

  /** What is for one node alone. */
  String inbox(long node) {
    return namespace + "!node:" + HexFormat.of().toHexDigits(node);
  }

  /** All keys of the namespace. */
  String everything() {
    return namespace + ":*";
  }

  /** The first bytes of all keys of the namespace. */
  String prefix() {
    return namespace + ":";
  }

  OfCache of(String cache) {
    String prefix = Keyspace.entries(namespace, cache).toString();
    return new OfCache(cache, prefix, prefix.substring(0, prefix.length() - 1) + "!events");
  }

  /**
   * The names of one cache.
   *
   * @param cache its own name, for those who read messages
   * @param prefix the first bytes of its keys
   * @param events its announcements; who subscribes wants to hear of changes
   */
  record OfCache(String cache, String prefix, String events) {
    String keys() {
      return prefix + "*";
    }

    /** Carry nothing; who subscribes wants something more, and the server counts them. */
    String oldValues() {
      return events + ":old";
    }

    String expiredValues() {
      return events + ":shadow";
    }

    String synchronous() {
      return events + ":sync";
    }

    /** In the order in which {@link Interest} has them. */
    List<String> counted() {
      return List.of(events, oldValues(), expiredValues(), synchronous());
    }

    List<String> wanted(Set<Need> needs) {
      List<String> wanted = new ArrayList<>();
      if (needs.contains(Need.EVENTS)) {
        wanted.add(events);
      }
      if (needs.contains(Need.OLD_VALUES)) {
        wanted.add(oldValues());
      }
      if (needs.contains(Need.EXPIRED_VALUES)) {
        wanted.add(expiredValues());
      }
      if (needs.contains(Need.ACKNOWLEDGING)) {
        wanted.add(synchronous());
      }
      return wanted;
    }
  }
}
