// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.EventType;
import javax.cache.expiry.Duration;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;

/** One of the two caches that live the same history, and what records its doings. */
final class Subject implements AutoCloseable {

  /** What is configured on a cache beside statistics. */
  enum Setup {
    PLAIN(false, false, false),
    LISTENERS(true, false, false),
    LOADER_AND_WRITER(false, true, false),
    LOADER_WRITER_AND_LISTENERS(true, true, false),
    EXPIRY(true, false, true),
    ALL(true, true, true);

    private final boolean listens;
    private final boolean loadsAndWrites;
    private final boolean expires;

    Setup(boolean listens, boolean loadsAndWrites, boolean expires) {
      this.listens = listens;
      this.loadsAndWrites = loadsAndWrites;
      this.expires = expires;
    }

    boolean expires() {
      return expires;
    }
  }

  private final RecordingLoader<String, String> loader = RecordingLoader.of(Subject::loadedValue);
  private final RecordingWriter<String, String> writer = new RecordingWriter<>();
  private final RecordingListener<String, String> listener = new RecordingListener<>();
  private final RecordingExpiryPolicy policy =
      RecordingExpiryPolicy.of(Duration.ETERNAL, null, null);
  private final Cache<String, String> cache;

  Subject(CacheManager manager, String name, Setup setup) {
    cache = manager.createCache(name, configuration(setup));
  }

  private MutableConfiguration<String, String> configuration(Setup setup) {
    MutableConfiguration<String, String> configuration = CacheContract.countedStrings();
    if (setup.listens) {
      configuration.addCacheEntryListenerConfiguration(listener.configuration(true, true));
    }
    if (setup.loadsAndWrites) {
      configuration
          .setReadThrough(true)
          .setWriteThrough(true)
          .setCacheLoaderFactory(loader.factory())
          .setCacheWriterFactory(writer.factory());
    }
    if (setup.expires) {
      configuration.setExpiryPolicyFactory(policy.factory());
    }
    return configuration;
  }

  Observation live(Step step) {
    loader.clear();
    writer.clearCalls();
    listener.clear();
    instruct(step.answers());
    Counters before = Counters.of(cache);
    Object result = resultOf(step);
    return new Observation(
        result, liveKeys(), Counters.of(cache).since(before), told(), written(), loaded());
  }

  private void instruct(Step.Answers answers) {
    policy.answer(Call.CREATION, answers.creation());
    policy.answer(Call.ACCESS, answers.access());
    policy.answer(Call.UPDATE, answers.update());
    RuntimeException failure = new IllegalStateException("fails as told");
    loader.failWith(answers.failing() == Step.Failing.LOADER ? failure : null);
    writer.failWith(answers.failing() == Step.Failing.WRITER ? failure : null);
  }

  private Object resultOf(Step step) {
    try {
      return step.operation().run(cache, step);
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  /** What the loader knows: nothing of 'd'. */
  static String loadedValue(String key) {
    return key.equals("d") ? null : key.toUpperCase(Locale.ROOT);
  }

  /** The keys with a live entry; asking counts and tells nothing. */
  List<String> liveKeys() {
    return Stream.of("a", "b", "c", "d").filter(cache::containsKey).toList();
  }

  private List<Observation.Told> told() {
    List<Observation.Told> told = new ArrayList<>();
    listener.events().stream()
        .filter(event -> event.type() != EventType.EXPIRED) // sent when a cache notices
        .map(e -> new Observation.Told(e.type(), e.key(), e.value(), e.oldValue()))
        .forEach(told::add);
    told.sort(Comparator.comparing(Observation.Told::key));
    return told;
  }

  private List<Observation.Written> written() {
    return writer.calls().stream()
        .map(
            call ->
                new Observation.Written(
                    call.method().name(),
                    call.keys().stream().map(String::valueOf).sorted().toList()))
        .toList();
  }

  private List<String> loaded() {
    List<String> loaded = new ArrayList<>(loader.loads());
    loader.bulkLoads().forEach(loaded::addAll);
    loaded.sort(Comparator.naturalOrder());
    return loaded;
  }

  @Override
  public void close() {
    cache.getCacheManager().destroyCache(cache.getName());
  }
}
