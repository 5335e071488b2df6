// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

/**
 * One contender's figure in one round.
 *
 * @param round rounds are compared within themselves, so that a drifting machine hits all alike
 * @param figure in the unit of the metric
 */
record Score(Cell cell, Metric metric, String contender, int round, double figure) {}
