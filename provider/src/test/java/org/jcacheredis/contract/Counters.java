// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** What a cache has counted, read from its statistics MBean. */
public record Counters(long hits, long misses, long puts, long removals) {

  static final Counters NONE = new Counters(0, 0, 0, 0);

  static Counters of(Cache<?, ?> cache) {
    CacheStatisticsMXBean bean = bean(cache);
    return new Counters(
        bean.getCacheHits(), bean.getCacheMisses(), bean.getCachePuts(), bean.getCacheRemovals());
  }

  /** What was counted since. */
  Counters since(Counters earlier) {
    return new Counters(
        hits - earlier.hits,
        misses - earlier.misses,
        puts - earlier.puts,
        removals - earlier.removals);
  }

  static CacheStatisticsMXBean bean(Cache<?, ?> cache) {
    return JMX.newMXBeanProxy(
        ManagementFactory.getPlatformMBeanServer(),
        beanName("CacheStatistics", cache),
        CacheStatisticsMXBean.class);
  }

  /** The object name the specification prescribes. */
  static ObjectName beanName(String type, Cache<?, ?> cache) {
    String manager = legal(cache.getCacheManager().getURI().toString());
    String name =
        "javax.cache:type="
            + type
            + ",CacheManager="
            + manager
            + ",Cache="
            + legal(cache.getName());
    try {
      return new ObjectName(name);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  private static String legal(String part) {
    return part.replaceAll("[,:=\n]", ".");
  }
}
