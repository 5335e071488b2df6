// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.management;

import java.util.function.Supplier;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.management.CacheMXBean;

/**
 * A cache's configuration as JMX attributes, always the live one.
 *
 * @param live gives the configuration as it is now
 */
public record ConfigurationView(Supplier<? extends CompleteConfiguration<?, ?>> live)
    implements CacheMXBean {
  @Override
  public String getKeyType() {
    return live.get().getKeyType().getName();
  }

  @Override
  public String getValueType() {
    return live.get().getValueType().getName();
  }

  @Override
  public boolean isReadThrough() {
    return live.get().isReadThrough();
  }

  @Override
  public boolean isWriteThrough() {
    return live.get().isWriteThrough();
  }

  @Override
  public boolean isStoreByValue() {
    return live.get().isStoreByValue();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return live.get().isStatisticsEnabled();
  }

  @Override
  public boolean isManagementEnabled() {
    return live.get().isManagementEnabled();
  }
}
