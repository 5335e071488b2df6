// SPDX-License-Identifier: Apache-2.0
/**
 * Entry listeners: who wants to hear what, and telling them in order. Imports {@code entry} alone.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.event;
