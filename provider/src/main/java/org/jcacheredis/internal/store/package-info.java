// SPDX-License-Identifier: Apache-2.0
/**
 * Entries in Redis: how keys are named, which command does what, the Lua scripts. Bytes only.
 * Imports {@code internal.connection} and {@code internal.entry}.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.store;
