// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.tck;

import org.jcacheredis.testkit.TestServers;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives the tests a server before the first of them is looked for. A server of our own ends with
 * the JVM of the tests; one that {@code REDIS_URL} names stays.
 */
public final class TckServer implements LauncherSessionListener {
  private static final String URI_SETTING = "jcache-redis.uri";

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    System.setProperty(URI_SETTING, TestServers.shared().uri().toString());
  }
}
