// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.event.EventType;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.contract.MutatingOperation;
import org.jcacheredis.contract.ParityExpectation;
import org.jcacheredis.feature.Space;
import org.jcacheredis.manyjvms.Flavour.Told;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to change an entry is heard by listeners of every flavour, here and elsewhere. */
@EveryLayout
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteListenersIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String FENCE = "fence";

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);
  private final Map<Flavour, Scene> scenes = new EnumMap<>(Flavour.class);

  /** One cell of the table. */
  record Cell(MutatingOperation operation, boolean present, Flavour flavour) {
    @Override
    public String toString() {
      return operation + (present ? " present " : " absent ") + flavour;
    }

    private ParityExpectation expectation() {
      return present ? operation.onPresent() : operation.onAbsent();
    }

    private List<Told> expected() {
      List<Told> expected = new ArrayList<>();
      if (present) {
        expected.add(new Told(EventType.CREATED, "k", "v", null));
      }
      EventType type = expectation().event();
      if (type != null) {
        boolean removed = type == EventType.REMOVED;
        expected.add(
            new Told(type, "k", removed ? "v" : expectation().content(), present ? "v" : null));
      }
      return expected;
    }
  }

  static Stream<Cell> cells() {
    return Arrays.stream(Flavour.values())
        .flatMap(
            flavour ->
                Arrays.stream(MutatingOperation.values())
                    .flatMap(
                        operation ->
                            Stream.of(true, false)
                                .map(present -> new Cell(operation, present, flavour))));
  }

  @AfterAll
  void stop() {
    space.close();
    server.close();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void operation_inAnotherJvm_isHeardOnceInEach(Cell cell) {
    Scene scene = scenes.computeIfAbsent(cell.flavour(), this::open);
    scene.startAnew();
    if (cell.present()) {
      scene.origin.put("k", "v");
    }

    cell.operation().run(scene.origin);

    cell.flavour().check(scene.heard(scene.here, cell.expected().size()), cell.expected());
    cell.flavour().check(scene.heard(scene.there, cell.expected().size()), cell.expected());
  }

  private Scene open(Flavour flavour) {
    RecordingListener<String, String> here = new RecordingListener<>();
    RecordingListener<String, String> there = new RecordingListener<>();
    RedisCache<String, String> origin = cache(flavour, here);
    return new Scene(origin, here, cache(flavour, there), there);
  }

  private RedisCache<String, String> cache(
      Flavour flavour, RecordingListener<String, String> listener) {
    RedisCacheConfiguration<String, String> configuration =
        new RedisCacheConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setReadThrough(true)
            .setCacheLoaderFactory(RecordingLoader.of((String key) -> "loaded").factory())
            .addCacheEntryListenerConfiguration(flavour.configuration(listener));
    return Space.cache(space.manager(), "c-" + flavour, configuration);
  }

  /** The cache in two managers, and who listens in each. */
  private record Scene(
      RedisCache<String, String> origin,
      RecordingListener<String, String> here,
      RedisCache<String, String> elsewhere,
      RecordingListener<String, String> there) {

    void startAnew() {
      origin.clear();
      here.clear();
      there.clear();
    }

    /** What came before a last change of the same entry, which is told after all others. */
    List<RecordedEvent<String, String>> heard(
        RecordingListener<String, String> listener, int expected) {
      if (listener == here) {
        origin.put("k", FENCE);
      }
      List<RecordedEvent<String, String>> heard = listener.awaitCount(expected + 1, LIMIT);
      int last = heard.size() - 1;
      for (int i = 0; i < heard.size(); i++) {
        if (FENCE.equals(heard.get(i).value())) {
          last = i;
        }
      }
      return heard.subList(0, last);
    }
  }
}
