// SPDX-License-Identifier: Apache-2.0
/**
 * What whole caches cost on the server, layout beside layout: {@code clear}, {@code size},
 * iteration, memory. {@link org.jcacheredis.jmh.layouts.Layouts} is the launcher; each {@code
 * Measure} gives a {@code Table}.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.jmh.layouts;
