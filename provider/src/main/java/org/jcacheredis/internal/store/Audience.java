// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jspecify.annotations.Nullable;

/** Who listens to one cache's changes, anywhere. Thread-safe. */
public interface Audience {
  /** Nobody, ever: for key spaces that hold no entries. */
  Audience NONE = () -> null;

  /** How the next change is to be announced; null if nobody listens. */
  @Nullable Announcing next();
}
