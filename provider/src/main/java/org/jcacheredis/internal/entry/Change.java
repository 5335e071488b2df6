// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

/** One mutation of one key, with the lifetimes for either case. */
public record Change(EntryKey key, Mutation mutation, Lifetimes lifetimes) {}
