// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.management.JMException;
import javax.management.ObjectName;

/** What a cache counts, by the names of the attributes of its statistics MBean. */
final class Beans {
  private Beans() {}

  /** The attribute of the cache, whose statistics are on; one such cache per server and JVM. */
  static long count(Cache<?, ?> cache, String attribute) {
    String name =
        "javax.cache:type=CacheStatistics,CacheManager=%s,Cache=%s"
            .formatted(legal(cache.getCacheManager().getURI().toString()), legal(cache.getName()));
    try {
      Object value =
          ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(name), attribute);
      return ((Number) value).longValue();
    } catch (JMException e) {
      throw new IllegalStateException(name + " has no " + attribute, e);
    }
  }

  private static String legal(String part) {
    return part.replaceAll("[,:=\n]", ".");
  }
}
