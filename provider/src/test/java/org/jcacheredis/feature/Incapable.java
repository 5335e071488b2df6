// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import redis.clients.jedis.exceptions.JedisDataException;

/** Starts a server that cannot give fields of hashes a lifetime, whatever the tests run on. */
public final class Incapable {
  private static final String[] GONE = {
    "--rename-command", "HSETEX", "gone.hsetex",
    "--rename-command", "HGETEX", "gone.hgetex",
    "--rename-command", "HGETDEL", "gone.hgetdel"
  };

  private Incapable() {}

  public static RedisServer start() {
    RedisServer server = RedisServer.start();
    if (!knowsHsetex(server)) {
      return server;
    }
    server.close();
    return RedisServer.start(GONE);
  }

  private static boolean knowsHsetex(RedisServer server) {
    try (RedisProbe probe = RedisProbe.of(server)) {
      probe.command("HSETEX", "absent", "FXX", "FIELDS", "1", "f", "v");
      return true;
    } catch (JedisDataException e) {
      return false;
    }
  }
}
