// SPDX-License-Identifier: Apache-2.0
/**
 * Real servers on free loopback ports, a TCP fault proxy, an admin connection and other JVMs, for
 * tests and demos. Imports the JDK and Jedis; never the provider, so that what a test sees of the
 * server does not pass through the code under test.
 */
@NullMarked
package org.jcacheredis.testkit;

import org.jspecify.annotations.NullMarked;
