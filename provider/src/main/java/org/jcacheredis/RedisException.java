// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import javax.cache.CacheException;

/**
 * The server did not do what it was asked, or did not say that it did. The message names the cache
 * and the server, and the remedy where there is one; {@link #fate} tells a program what became of
 * the operation. In a bulk call both speak of the chunk that failed, the chunks before it being
 * done; neither speaks of what a {@code CacheWriter} has written before. Immutable.
 */
public final class RedisException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** What is known of the operation that failed. */
  public enum Fate {
    /** It never reached the server, or the server refused it: nothing was changed. */
    NOT_DONE,
    /** It was sent and no answer came: the change may or may not have happened. */
    UNKNOWN
  }

  private final Fate fate;

  /** Made by the provider alone. */
  public RedisException(String message, Fate fate, Throwable cause) {
    super(message, cause);
    this.fate = fate;
  }

  /** Whether the operation may have happened. */
  public Fate fate() {
    return fate;
  }
}
