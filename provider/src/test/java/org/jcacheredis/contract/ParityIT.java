// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ParityIT extends ParityContract {

  private static final CacheLoader<String, String> LOADER = RecordingLoader.of(key -> "loaded");

  ParityIT() {
    super(Backends.forSuite(ParityIT.class));
  }

  @ParameterizedTest
  @EnumSource(MutatingOperation.class)
  void operation_onPresent_showsAtASecondManager(MutatingOperation operation) {
    Cache<String, String> cache = create(strings().setCacheLoaderFactory(() -> LOADER));
    Cache<String, String> looking = anotherManager().createCache(cache.getName(), strings());
    looking.put("k", "v");
    operation.run(cache);
    assertThat(looking.get("k")).isEqualTo(operation.onPresent().content());
  }
}
