// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** What {@code invokeAll} gives for each key: a result, a failure, or nothing. One thread. */
final class ProcessorResults<K, T> {
  private final Map<K, EntryProcessorResult<T>> results = new LinkedHashMap<>();

  /** A null is no result. */
  void done(K key, @Nullable T result) {
    if (result != null) {
      results.put(key, () -> result);
    }
  }

  void failed(K key, RuntimeException e) {
    EntryProcessorException failure = wrapped(e);
    results.put(
        key,
        () -> {
          throw failure;
        });
  }

  static EntryProcessorException wrapped(RuntimeException e) {
    return e instanceof EntryProcessorException already
        ? already
        : new EntryProcessorException("the EntryProcessor failed: " + e, e);
  }

  Map<K, EntryProcessorResult<T>> all() {
    return results;
  }
}
