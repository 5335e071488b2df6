// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URI;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jcacheredis.internal.management.Registration.Kind;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private static final URI MANAGER = URI.create("redis://host:6379?a=b,c");
  private static final String NAME =
      "javax.cache:type=CacheStatistics,CacheManager=redis.//host.6379.a.b.c,Cache=a.b.c.d.";

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final Registration registration = registration();

  @Test
  void set_wanted_registersUnderTheSpecifiedNameUntilUnwanted() throws Exception {
    ObjectName name = new ObjectName(NAME);
    assertThat(server.isRegistered(name)).isFalse();
    registration.set(true);
    registration.set(true);
    assertThat(server.getAttribute(name, "CachePuts")).isEqualTo(0L);
    registration.set(false);
    registration.set(false);
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void set_nameTaken_leavesTheOtherBeanAlone() throws Exception {
    registration.set(true);
    Registration second = registration();
    second.set(true);
    second.set(false);
    assertThat(server.isRegistered(new ObjectName(NAME))).isTrue();
    registration.set(false);
  }

  @Test
  void set_firstOfOneNameLeaves_showsTheNext() throws Exception {
    registration.set(true);
    Registration second = registration();
    second.set(true);
    registration.set(false);
    assertThat(server.isRegistered(new ObjectName(NAME))).isTrue();
    second.set(false);
    assertThat(server.isRegistered(new ObjectName(NAME))).isFalse();
  }

  @Test
  void set_takenAwayByOthers_isNoFailure() throws Exception {
    registration.set(true);
    server.unregisterMBean(new ObjectName(NAME));
    registration.set(false);
    assertThat(server.isRegistered(new ObjectName(NAME))).isFalse();
  }

  private static Registration registration() {
    return new Registration(
        Kind.STATISTICS, MANAGER, "a:b=c*d?", CacheStatisticsMXBean.class, new CacheStatistics());
  }
}
