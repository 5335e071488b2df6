// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jcacheredis.examples.SpringExample.People;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Two contexts with a provider each stand for two JVMs. */
class SpringExampleIT {
  private final AnnotationConfigApplicationContext one = context();
  private final AnnotationConfigApplicationContext other = context();
  private final People here = one.getBean(People.class);
  private final People there = other.getBean(People.class);

  private static AnnotationConfigApplicationContext context() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "server", Map.of("redis.uri", TestServers.shared().uri().toString())));
    context.register(SpringExample.class);
    context.refresh();
    return context;
  }

  @AfterEach
  void cleanUp() {
    javax.cache.CacheManager manager = one.getBean(javax.cache.CacheManager.class);
    manager.getCacheNames().forEach(manager::destroyCache);
    one.close();
    other.close();
  }

  @Test
  void cacheable_calledInTwoJvms_looksUpOnce() {
    Person found = here.find("ada");

    assertThat(there.find("ada")).isEqualTo(found).isNotSameAs(found);
    assertThat(here.lookups() + there.lookups()).isOne();
  }

  @Test
  void cacheable_nullValue_isRemembered() {
    assertThat(here.find("nobody")).isNull();
    assertThat(there.find("nobody")).isNull();

    assertThat(here.lookups() + there.lookups()).isOne();
  }

  @Test
  void cacheable_twoArguments_areOneKeyInEveryJvm() {
    Person found = here.find("Ada", "Lovelace");

    assertThat(there.find("Ada", "Lovelace")).isEqualTo(found);
    assertThat(there.lookups()).isZero();
  }

  @Test
  void cacheableSync_manyThreads_lookUpOnce() throws Exception {
    List<Callable<Person>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      calls.add(() -> here.findOnce("ada"));
    }
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      for (Future<Person> call : threads.invokeAll(calls)) {
        assertThat(call.get()).isEqualTo(new Person("ada", 1815));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(here.lookups()).isOne();
  }

  @Test
  void cacheEvict_entryOfAnotherJvm_isLookedUpAgain() {
    here.find("ada");
    there.forget("ada");
    here.find("ada");

    assertThat(here.lookups()).isEqualTo(2);
  }
}
