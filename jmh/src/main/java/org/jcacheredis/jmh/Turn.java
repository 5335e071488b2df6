// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import org.openjdk.jmh.annotations.Mode;

/** One JVM that runs one contender in one cell. */
record Turn(Cell cell, Mode mode, String contender, int round) {}
