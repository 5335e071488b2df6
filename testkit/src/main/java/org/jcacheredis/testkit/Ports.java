// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free loopback ports below the range from which systems take the ports of outgoing
 * connections, so that nothing takes the port of a server that is down for a moment.
 */
final class Ports {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  // a cluster node also listens this much above its port
  private static final int BUS_OFFSET = 10_000;

  private Ports() {}

  /** A port that is free now, with its cluster bus port; another process may still take it. */
  static int free() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port) && isFree(port + BUS_OFFSET)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "ports " + FIRST + " to " + END + " are taken; stop servers that were left behind");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
