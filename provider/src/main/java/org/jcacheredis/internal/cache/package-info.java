// SPDX-License-Identifier: Apache-2.0
/**
 * The methods of {@code javax.cache.Cache}: check, encode, run, decode. What an operation entails
 * is in {@code internal.entry.Effects}; how entries are stored, below in {@code internal.store}.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.cache;
