// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;

/** What may happen to servers, connections and JVMs while they work. */
enum Trouble {
  SERVER_KILLED {
    @Override
    void happen(Scene scene, Random random) {
      scene.server.kill();
      pause(random.nextInt(300));
      scene.server.restart();
    }
  },
  SERVER_FROZEN {
    @Override
    void happen(Scene scene, Random random) {
      scene.server.freeze();
      pause(random.nextInt(1_500));
      scene.server.thaw();
    }
  },
  SUBSCRIBERS_KILLED {
    @Override
    void happen(Scene scene, Random random) {
      try (RedisProbe probe = RedisProbe.of(scene.server)) {
        probe.killSubscribers();
      }
    }
  },
  JVM_FROZEN {
    @Override
    void happen(Scene scene, Random random) {
      JavaProcess jvm = scene.jvms.get(random.nextInt(scene.jvms.size()));
      jvm.freeze();
      pause(random.nextInt(1_500));
      jvm.thaw();
    }
  },
  FLUSHED {
    @Override
    void happen(Scene scene, Random random) {
      try (RedisProbe probe = RedisProbe.of(scene.server)) {
        probe.flush();
      }
    }
  },
  EVICTED {
    @Override
    void happen(Scene scene, Random random) {
      String ballast = "b".repeat(10_000);
      try (RedisProbe probe = RedisProbe.of(scene.server)) {
        for (int i = 0; i < 400; i++) {
          probe.command("SET", "ballast" + i, ballast, "PX", "300");
        }
      }
    }
  };

  /** What the server needs to evict entries when it gets ballast. */
  static final String[] SERVER_ARGUMENTS = {
    "--maxmemory", "4mb", "--maxmemory-policy", "allkeys-random"
  };

  /** Whom it may hit. */
  record Scene(RedisServer server, List<JavaProcess> jvms) {}

  /** Returns when it is over. */
  abstract void happen(Scene scene, Random random);

  /** Those of {@code -Dmanyjvms.troubles=A,B}, else all. */
  static List<Trouble> chosen() {
    String names = System.getProperty("manyjvms.troubles", "");
    return names.isEmpty()
        ? List.of(values())
        : Arrays.stream(names.split(",")).map(Trouble::valueOf).toList();
  }

  /** One after the other, as the seed says, until the time is over; gives what happened. */
  static String happen(Scene scene, long seed, Duration time) {
    List<Trouble> chosen = chosen();
    Random random = new Random(seed);
    StringBuilder happened = new StringBuilder();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Trouble trouble = chosen.get(random.nextInt(chosen.size()));
      happened.append(trouble).append(' ');
      trouble.happen(scene, random);
      pause(100 + random.nextInt(500));
    }
    return happened.toString().trim();
  }

  private static void pause(int millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
