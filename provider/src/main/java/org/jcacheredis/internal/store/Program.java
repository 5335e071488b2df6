// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jcacheredis.internal.connection.Script;

/** A script that changes one entry, in a form for each layout. */
public record Program(Form keys, Form hash) {
  /**
   * The script for one layout.
   *
   * @param plain for when nobody listens; declares the entry alone
   * @param heard announced; declares the entry and its shadow
   */
  public record Form(Script plain, Script heard) {
    private static final String HEARD = Script.source("heard");

    private static Form of(String opening, String layout, String rest) {
      String entry = Script.source(layout);
      String heard = Script.source("heard_" + layout);
      return new Form(
          Script.of(String.join("\n", opening, entry, rest)),
          Script.of(String.join("\n", opening, entry, heard, HEARD, rest)));
    }
  }

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
    return new Program(Form.of(opening, "keys", rest), Form.of(opening, "hash", rest));
  }
}
