// SPDX-License-Identifier: Apache-2.0
/**
 * The cache manager: which caches there are, what their configuration comes to, who owns connection
 * and threads. The only place that wires parts.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.manager;
