// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The MBeans of a cache: their names, their attributes, their coming and going. */
abstract class ManagementContract extends CacheContract {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  ManagementContract(Backend backend) {
    super(backend);
  }

  private Set<ObjectName> beans() throws Exception {
    return server.queryNames(new ObjectName("javax.cache:*"), null);
  }

  @Test
  void enableManagement_onAndOff_registersAndUnregisters() throws Exception {
    Cache<String, String> cache = create(strings());
    assertThat(beans()).isEmpty();
    manager().enableManagement(cache.getName(), true);
    manager().enableManagement(cache.getName(), true);
    assertThat(beans()).containsExactly(Counters.beanName("CacheConfiguration", cache));
    assertThat(complete(cache).isManagementEnabled()).isTrue();
    manager().enableManagement(cache.getName(), false);
    manager().enableManagement(cache.getName(), false);
    assertThat(beans()).isEmpty();
    assertThat(complete(cache).isManagementEnabled()).isFalse();
  }

  @Test
  void enableStatistics_onAndOff_registersAndUnregisters() throws Exception {
    Cache<String, String> cache = create(strings());
    manager().enableStatistics(cache.getName(), true);
    manager().enableStatistics(cache.getName(), true);
    assertThat(beans()).containsExactly(Counters.beanName("CacheStatistics", cache));
    assertThat(complete(cache).isStatisticsEnabled()).isTrue();
    manager().enableStatistics(cache.getName(), false);
    assertThat(beans()).isEmpty();
    assertThat(complete(cache).isStatisticsEnabled()).isFalse();
  }

  @Test
  void configurationBean_attributes_tellTheConfiguration() throws Exception {
    Cache<String, String> cache = create(strings().setManagementEnabled(true));
    ObjectName bean = Counters.beanName("CacheConfiguration", cache);
    assertThat(server.getAttribute(bean, "KeyType")).isEqualTo("java.lang.String");
    assertThat(server.getAttribute(bean, "ValueType")).isEqualTo("java.lang.String");
    assertThat(server.getAttribute(bean, "ReadThrough")).isEqualTo(false);
    assertThat(server.getAttribute(bean, "WriteThrough")).isEqualTo(false);
    assertThat(server.getAttribute(bean, "StoreByValue")).isEqualTo(true);
    assertThat(server.getAttribute(bean, "ManagementEnabled")).isEqualTo(true);
    assertThat(server.getAttribute(bean, "StatisticsEnabled")).isEqualTo(false);
    manager().enableStatistics(cache.getName(), true);
    assertThat(server.getAttribute(bean, "StatisticsEnabled")).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a*b", "what?", "quo\"te", "back\\slash", "a:b=c,d", "line\nbreak", "ü"})
  void cacheName_oddCharacters_areManaged(String name) throws Exception {
    CacheManager manager = manager();
    Cache<String, String> cache =
        manager.createCache(name, countedStrings().setManagementEnabled(true));
    cache.put("k", "v");
    assertThat(beans()).hasSize(2);
    cache.close();
    assertThat(beans()).isEmpty();
  }

  @Test
  void twoManagers_cachesOfOneName_keepTheirBeansApart() throws Exception {
    Cache<String, String> one = manager().createCache("same", countedStrings());
    Cache<String, String> other = anotherManager().createCache("same", countedStrings());
    other.close();
    one.put("k", "v");
    assertThat(Counters.of(one).puts()).isEqualTo(1);
    one.close();
    assertThat(beans()).isEmpty();
  }

  @Test
  void close_managedCaches_leaveNoBean() throws Exception {
    create(countedStrings().setManagementEnabled(true));
    create(countedStrings().setManagementEnabled(true));
    assertThat(beans()).hasSize(4);
    manager().close();
    assertThat(beans()).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static CompleteConfiguration<String, String> complete(Cache<String, String> cache) {
    return cache.getConfiguration(CompleteConfiguration.class);
  }
}
