// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of JCache providers on one Redis. {@link org.jcacheredis.jmh.Compare} is the launcher.
 * Contenders are met through {@code javax.cache} alone; only {@code jedis} and {@code lettuce} are
 * raw clients. {@link org.jcacheredis.jmh.LocalHits} launches what is measured of the local tier.
 *
 * <p>From the command line to the plots: {@code CommandLine} reads {@code CompareOptions}, whose
 * {@code Group}s expand to {@code Cell}s; {@code Rounds} lets contenders take {@code Turn}s in
 * {@code Forks}; a {@code Report} keeps the {@code Score}s; {@code RatioTable} prints and {@code
 * SvgChart} draws them.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.jmh;
