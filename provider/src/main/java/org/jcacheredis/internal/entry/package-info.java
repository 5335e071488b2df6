// SPDX-License-Identifier: Apache-2.0
/**
 * What happens to an entry, as data: the mutation, the lifetimes, the outcome and its consequences.
 * Pure: no I/O, no Redis, no codec; imports the {@code javax.cache} API alone.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.entry;
