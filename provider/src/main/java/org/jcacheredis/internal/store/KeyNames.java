// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

/**
 * Where a cache keeps its entries, and where the shadows of those that have a lifetime. Immutable.
 *
 * @param shadows names that no entry can have
 */
public record KeyNames(Keyspace entries, Keyspace shadows) {
  private static final String SHADOW = "shadow";

  /** The names of a cache's entries. */
  public static KeyNames entries(String namespace, String cache) {
    return new KeyNames(
        Keyspace.entries(namespace, cache), Keyspace.aside(namespace, cache, SHADOW));
  }

  /** The names of what is no entry, such as leases. */
  public static KeyNames aside(String namespace, String cache, String purpose) {
    return new KeyNames(
        Keyspace.aside(namespace, cache, purpose),
        Keyspace.aside(namespace, cache, purpose + "-" + SHADOW));
  }
}
