// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jcacheredis.RedisCachingProvider;

/**
 * A thousand threads on one manager, virtual ones where this JVM has them; every tenth is
 * interrupted in the middle. Prints what came of it, and which of them pinned its carrier.
 *
 * <p>Arguments: the server's URI, a namespace.
 */
final class VirtualThreadsProgram {
  private static final int THREADS = 1_000;
  private static final int ROUNDS = 20;
  private static final String PINNED = "jdk.VirtualThreadPinned";

  private final AtomicInteger right = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger virtual = new AtomicInteger();

  private VirtualThreadsProgram() {}

  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    settings.setProperty("jcache-redis.namespace", arguments[1]);
    settings.setProperty("jcache-redis.command-timeout", "20s");
    ClassLoader loader = VirtualThreadsProgram.class.getClassLoader();
    try (RedisCachingProvider provider = new RedisCachingProvider();
        CacheManager manager =
            provider.getCacheManager(URI.create(arguments[0]), loader, settings)) {
      Cache<String, String> cache =
          manager.createCache(
              "virtual",
              new MutableConfiguration<String, String>().setTypes(String.class, String.class));
      // the classes of the first calls are loaded, which may pin, before the recording
      cache.put("warm", "up");
      cache.get("warm");
      new VirtualThreadsProgram().run(cache);
    }
    System.exit(0);
  }

  private void run(Cache<String, String> cache) throws Exception {
    Path file = Files.createTempFile("virtual", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(PINNED).withoutThreshold().withStackTrace();
      recording.start();
      play(cache);
      recording.stop();
      recording.dump(file);
    }
    System.out.println("virtual " + virtual);
    System.out.println("right " + right);
    System.out.println("wrong " + wrong);
    System.out.println("failed " + failed);
    report(RecordingFile.readAllEvents(file));
    Files.delete(file);
  }

  private void play(Cache<String, String> cache) throws Exception {
    ThreadFactory factory = threads();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int caller = i;
      Thread thread = factory.newThread(() -> exchange(cache, caller, start));
      threads.add(thread);
      thread.start();
    }
    start.countDown();
    for (int i = 0; i < THREADS; i += 10) {
      threads.get(i).interrupt();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void exchange(Cache<String, String> cache, int caller, CountDownLatch start) {
    virtual.addAndGet(VirtualThreads.isCurrent() ? 1 : 0);
    awaitAnyhow(start);
    for (int round = 0; round < ROUNDS; round++) {
      String key = "key" + caller;
      String value = caller + ":" + round;
      try {
        cache.put(key, value);
        (value.equals(cache.get(key)) ? right : wrong).incrementAndGet();
      } catch (RuntimeException e) {
        failed.incrementAndGet();
        System.out.println("failure " + e);
      }
    }
  }

  private static void awaitAnyhow(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** By reflection: this is compiled for a Java that has none. */
  private static ThreadFactory threads() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      return (ThreadFactory) type.getMethod("factory").invoke(builder);
    } catch (ReflectiveOperationException e) {
      return Thread::new;
    }
  }

  private static void report(List<RecordedEvent> events) throws IOException {
    List<RecordedEvent> pinned =
        events.stream().filter(event -> event.getEventType().getName().equals(PINNED)).toList();
    System.out.println("pinned " + pinned.size());
    long ours = pinned.stream().filter(event -> isOurs(event.getStackTrace())).count();
    pinned.stream().limit(2).forEach(event -> System.out.println(event));
    System.out.println("ours " + ours);
    System.out.println("end");
  }

  /** Of a class that is loaded, the JVM itself pins, once; which thread is the first, is chance. */
  private static boolean isOurs(RecordedStackTrace trace) {
    if (trace == null) {
      return true;
    }
    List<String> types =
        trace.getFrames().stream().map(frame -> frame.getMethod().getType().getName()).toList();
    return !types.contains("java.lang.ClassLoader")
        && types.stream()
            .anyMatch(
                type ->
                    type.startsWith("org.jcacheredis.internal.")
                            && !type.contains("VirtualThreadsProgram")
                        || type.startsWith("redis.clients."));
  }
}
