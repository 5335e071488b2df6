// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisConnectionException;

class RedisTlsServerIT {
  @Test
  void start_ownTrustStore_isTrustedByItAlone() {
    try (RedisTlsServer server = RedisTlsServer.start()) {
      SslOptions trusting =
          SslOptions.builder()
              .truststore(server.trustStore().toFile(), server.trustStorePassword().toCharArray())
              .trustStoreType("PKCS12")
              .sslVerifyMode(SslVerifyMode.FULL)
              .build();
      try (Jedis client =
          new Jedis(
              new HostAndPort(server.host(), server.port()),
              DefaultJedisClientConfig.builder().resp2().sslOptions(trusting).build())) {
        client.set("k", "v");
      }
      try (RedisProbe probe = RedisProbe.of(server.plain())) {
        assertThat(probe.get("k")).isEqualTo("v");
      }
      assertThatThrownBy(() -> RedisProbe.of(server)).isInstanceOf(JedisConnectionException.class);
    }
  }
}
