// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The expiry that the configuration gives a cache.
 *
 * @param created never null: eternal where the configuration says nothing
 */
public record ConfiguredExpiry(
    Duration created, @Nullable Duration updated, @Nullable Duration accessed)
    implements ExpiryPolicy {
  @Override
  public Duration getExpiryForCreation() {
    return created;
  }

  @Override
  public @Nullable Duration getExpiryForUpdate() {
    return updated;
  }

  @Override
  public @Nullable Duration getExpiryForAccess() {
    return accessed;
  }
}
