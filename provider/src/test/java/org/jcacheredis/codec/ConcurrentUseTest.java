// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrentUseTest {
  @Test
  void roundTrips_ofManyThreads_doNotMix() throws Exception {
    EntryCodec codec = Codecs.kryo();
    List<Object> values = ValueRoundTripTest.values();
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        int start = i;
        runs.add(threads.submit(() -> roundTrips(codec, values, start)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void roundTrips(EntryCodec codec, List<Object> values, int start) {
    for (int i = 0; i < 2000; i++) {
      Object value = values.get((start * 31 + i) % values.size());
      assertThat(Objects.deepEquals(codec.decodeValue(codec.encodeValue(value)), value)).isTrue();
    }
  }
}
