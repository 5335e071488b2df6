// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import javax.cache.CacheException;

/** A command that failed, and what that means for the data. */
public final class RedisException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** What is known of the command that failed. */
  public enum Fate {
    /** It never reached the server, or the server refused it: nothing happened. */
    NOT_DONE,
    /** It was sent and no answer came: it may or may not have happened. */
    UNKNOWN
  }

  private final Fate fate;

  RedisException(String message, Fate fate, Throwable cause) {
    super(message, cause);
    this.fate = fate;
  }

  public Fate fate() {
    return fate;
  }
}
