// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUriTest {
  @ParameterizedTest
  @CsvSource({
    "redis://h, false, h, 6379, , , , redis://h:6379",
    "rediss://h:7000/3, true, h, 7000, , , 3, rediss://h:7000",
    "REDIS://h/, false, h, 6379, , , , redis://h:6379",
    "redis://:pw@h, false, h, 6379, , pw, , redis://h:6379",
    "redis://bob:p%40s%3As+@my_host.a-b/0, false, my_host.a-b, 6379, bob, p@s:s+, 0,"
        + " redis://my_host.a-b:6379",
    "redis://bob:p@ss?w:x@10.0.0.7:1, false, 10.0.0.7, 1, bob, p@ss?w:x, , redis://10.0.0.7:1",
    "redis://[::1]:6380, false, ::1, 6380, , , , redis://[::1]:6380"
  })
  void parse_validUri_givesItsParts(
      String text,
      boolean tls,
      String host,
      int port,
      String user,
      String password,
      Integer database,
      String address) {
    RedisUri uri = RedisUri.parse(text);
    assertThat(uri).isEqualTo(new RedisUri(tls, host, port, user, password, database));
    assertThat(uri.address()).isEqualTo(address).isEqualTo(uri.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost:6379|expected redis[s]://[[user]:password@]host[:port][/database]",
        "redis://|expected redis[s]://[[user]:password@]host[:port][/database]",
        "redis://h:port|expected redis[s]://[[user]:password@]host[:port][/database]",
        "redis://h/0#f|expected a database of 0 or more after '/'",
        "redis://h/-1|expected a database of 0 or more after '/'",
        "redis://h:0|expected a port from 1 to 65535",
        "redis://h:65536|expected a port from 1 to 65535",
        "redis://bob@h|expected user:password or :password before '@'",
        "redis://:@h|expected user:password or :password before '@'",
        "redis://:p%zz@h|expected user and password with '%' written as %25",
        "redis://h?timeout=1|expected no parameters after '?'; each has a setting of its own",
        "redis-cluster://h|scheme is not supported by this version yet; use redis:// or rediss://",
      })
  void parse_badUri_saysWhatWasExpected(String text, String expected) {
    // single quotes are CSV's, so they come doubled
    assertThatThrownBy(() -> RedisUri.parse(text)).hasMessage(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "redis://bob:secret@h:1/2, redis://***@h:1/2",
    "redis://bob:sec@ret@h, redis://***@h",
    "redis://bob:sec?ret/@h, redis://***@h",
    "bob:secret@h, ***@h",
    "redis://h?password=secret, redis://h?***",
    "redis://h, redis://h"
  })
  void masked_anyText_hidesWhatMayBeAPassword(String text, String expected) {
    assertThat(RedisUri.masked(text)).isEqualTo(expected);
  }

  @Test
  void toString_withPassword_leavesItOut() {
    assertThat(RedisUri.parse("redis://u:secret@h")).hasToString("redis://h:6379");
  }
}
