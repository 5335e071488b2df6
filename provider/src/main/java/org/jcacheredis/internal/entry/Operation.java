// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

/** The operations of a cache that have consequences; {@link Effects} says which. */
public enum Operation {
  GET,
  ITERATE,
  PUT,
  PUT_IF_ABSENT,
  GET_AND_PUT,
  REPLACE,
  REPLACE_IF_EQUAL,
  GET_AND_REPLACE,
  REMOVE,
  REMOVE_IF_EQUAL,
  GET_AND_REMOVE,
  REMOVE_ALL,
  ITERATOR_REMOVE,
  LOAD,
  /** The read that begins every {@code invoke}. */
  INVOKE,
  /** The net effect of an entry processor that set a value. */
  INVOKE_STORE,
  /** The net effect of an entry processor that removed the entry. */
  INVOKE_REMOVE
}
