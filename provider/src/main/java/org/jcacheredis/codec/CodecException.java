// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A key or value that cannot become bytes, or bytes that make no key or value. The message names
 * types, sizes and settings, never the key or value itself; it does not name the cache, which the
 * caller knows.
 */
public final class CodecException extends CacheException {
  private static final long serialVersionUID = 1L;

  CodecException(String message) {
    super(message);
  }

  CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
