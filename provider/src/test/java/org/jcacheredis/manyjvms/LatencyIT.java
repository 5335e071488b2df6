// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jcacheredis.RedisCache;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the return of {@code put} in one JVM to what another JVM sees of it. */
class LatencyIT {
  static final int PUTS = 6_000;

  private static final int WARM_UP = 1_000;
  private static final long PAUSE_NANOS = 200_000;

  /** Far more than the figures to reach: those are for a machine that does nothing else. */
  private static final double MOST_MILLIS_OF_HALF = 20;

  @TempDir private Path directory;
  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  @Test
  void put_untilTheOtherLocalTierShowsIt_isShort() throws IOException {
    measure("watch", "put to the other JVM's local tier", "local.enabled=true");
  }

  @Test
  void put_untilTheOtherJvmsListenerIsCalled_isShort() throws IOException {
    measure("listen", "put to the other JVM's listener");
  }

  private void measure(String order, String what, String... settings) throws IOException {
    RedisCache<String, Long> cache =
        Space.cache(space.manager(), "c", Space.types(String.class, Long.class));
    Path seen = directory.resolve("seen");
    long[] returned = new long[PUTS + 1];
    try (JavaProcess watcher = Jvm.start(Watcher.class, space, settings)) {
      watcher.send(order + " " + seen);
      watcher.awaitLine("watching");
      for (int version = 1; version <= PUTS; version++) {
        cache.put("k", (long) version);
        returned[version] = System.nanoTime();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      watcher.awaitLine("done");
    }
    List<String> seenAt = Files.readAllLines(seen);
    List<Long> latencies = new ArrayList<>();
    for (int version = WARM_UP; version <= PUTS; version++) {
      long at = Long.parseLong(seenAt.get(version));
      // a version that was overwritten at once may never be seen
      if (at != 0) {
        latencies.add(Math.max(0, at - returned[version]));
      }
    }
    Spread spread = Spread.of(latencies);
    Report.say(what + " " + spread);
    assertThat(spread.count()).isGreaterThan((PUTS - WARM_UP) / 2);
    assertThat(spread.millis(0.5)).isLessThan(MOST_MILLIS_OF_HALF);
  }
}
