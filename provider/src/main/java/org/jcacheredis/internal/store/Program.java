// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Script;
import org.jcacheredis.internal.entry.EntryKey;
import org.jspecify.annotations.Nullable;

/**
 * A script that changes one entry, in its two forms: for when nobody listens, and announced.
 *
 * @param plain declares the entry alone
 * @param heard declares the entry and its shadow
 */
public record Program(Script plain, Script heard) {
  private static final String PLAIN = Script.source("plain");
  private static final String HEARD = Script.source("heard");

  /** The program in {@code org/jcacheredis/lua/<name>.lua} of this jar. */
  static Program load(String name) {
    return of("", name);
  }

  /**
   * The same behind some text of its own, which sees nothing of what the provider puts between.
   *
   * @param opening Lua statements
   */
  public static Program of(String opening, String name) {
    String rest = Script.source(name);
    return new Program(
        Script.of(String.join("\n", opening, PLAIN, rest)),
        Script.of(String.join("\n", opening, PLAIN, HEARD, rest)));
  }

  /** The program on one entry; the arguments of its own are to be added. */
  Command on(KeyNames names, EntryKey key, @Nullable Announcing announcing) {
    byte[] entry = names.entries().name(key);
    if (announcing == null) {
      return Command.of(plain, entry);
    }
    return Command.of(heard, entry, names.shadows().name(key))
        .with(announcing.channel())
        .with(announcing.head())
        .with(names.entries().prefixSize());
  }
}
