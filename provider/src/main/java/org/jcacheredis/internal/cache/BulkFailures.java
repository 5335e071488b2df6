// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/** What went wrong for single keys of a bulk operation, told when all the others are done. */
final class BulkFailures {
  private final String cache;
  private int entries;
  private int refused;
  private @Nullable CacheException refusal;
  private @Nullable CacheEntryListenerException listener;

  BulkFailures(String cache) {
    this.cache = cache;
  }

  /** So many more entries were sent to the server. */
  void tried(int more) {
    entries += more;
  }

  void refused(CacheException failure) {
    refused++;
    refusal = refusal == null ? failure : refusal;
  }

  void listener(CacheEntryListenerException failure) {
    listener = listener == null ? failure : listener;
  }

  /** The server's refusal comes before a listener's failure: it changes what is in the cache. */
  void throwIfAny() {
    if (refusal != null) {
      throw new CacheException(
          "cache '%s': %d of %d entries were not changed, the others were: %s"
              .formatted(cache, refused, entries, refusal.getMessage()),
          refusal);
    }
    if (listener != null) {
      throw listener;
    }
  }
}
