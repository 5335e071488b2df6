// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of JCache providers on one Redis. {@link org.jcacheredis.jmh.Compare} is the launcher.
 * Contenders are met through {@code javax.cache} alone; only the floor, {@code jedis}, is raw.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.jmh;
