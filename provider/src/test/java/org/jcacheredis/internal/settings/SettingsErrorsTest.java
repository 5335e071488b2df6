// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import javax.cache.CacheException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsErrorsTest {
  private static final String FROM = " (properties of the manager)";

  @TempDir Path directory;
  private Sources sources;

  @BeforeEach
  void prepare() {
    sources = new Sources(directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "command-timeout|fast|expected a duration from 1ms to 1h, such as 2s",
        "command-timeout|0|expected a duration from 1ms to 1h, such as 2s",
        "connect-timeout|2h|expected a duration from 1ms to 1h, such as 2s",
        "operation-timeout|-1s|expected a duration from 1ms to 1h, such as 2s",
        "pool.max-wait|99999999999999d|expected a duration from 1ms to 1h, such as 2s",
        "pipelining.lanes|65|expected a whole number from 0 to 64",
        "pipelining.max-commands|0|expected a whole number from 1 to 10000",
        "pipelining.max-bytes|2MiB|expected a size from 0 to 1MiB, such as 2KiB",
        "pipelining.large-value|65KiB|expected a size from 0 to 64KiB, such as 2KiB",
        "pool.max-size|0|expected a whole number from 1 to 10000",
        "pool.max-size|1.5|expected a whole number from 1 to 10000",
        "pool.min-idle|10001|expected a whole number from 0 to 10000",
        "pool.min-idle|65|expected at most pool.max-size, which is 64",
        "database|-1|expected a whole number from 0 to 999999999",
        "connect|soon|expected one of lazy, eager",
        "namespace|a:b|expected 1 to 64 letters, digits, '.', '-' or '_'",
        "client-name|a b|expected 1 to 100 printable ASCII characters, no spaces",
        "user|` `|expected one text",
        "tls.truststore|/no/such/file|expected a file that exists and can be read",
        "tls.verify-hostname|maybe|expected true or false",
        "uri|http://h|expected redis[s]://[[user]:password@]host[:port][/database]",
        "cache-defaults.ttl-jitter|101%|expected a percentage from 0 to 100, such as 10%",
        "cache-defaults.ttl-jitter|-1|expected a percentage from 0 to 100, such as 10%",
        "cache-defaults.bulk-size|10001|expected a whole number from 1 to 10000",
        "cache-defaults.bulk-bytes|1GiB|expected a size from 0 to 512MiB, such as 2KiB",
        "cache-defaults.scan-size|0|expected a whole number from 1 to 100000",
        "cache-defaults.layout|tree|expected one of keys, hash, auto",
        "cache-defaults.partitions|0|expected a power of two from 1 to 4096, such as 64",
        "templates.\"a.*\".partitions|48|expected a power of two from 1 to 4096, such as 64",
        "caches.c.partitions|8192|expected a power of two from 1 to 4096, such as 64",
        "caches.c.partitions|many|expected a power of two from 1 to 4096, such as 64",
        "cache-defaults.events.queue|0|expected a whole number from 1 to 10000000",
        "events.announce|sometimes|expected true or false",
        "events.configure-server|2|expected true or false",
        "cache-defaults.events.synchronous|all|expected one of local, cluster",
        "cache-defaults.events.deadline|0|expected a duration from 1ms to 1h, such as 2s",
        "cache-defaults.local.enabled|maybe|expected true or false",
        "cache-defaults.local.max-entries|0|expected a whole number from 1 to 100000000",
        "cache-defaults.local.max-weight|2TiB|expected a size from 1 to 1TiB, such as 2KiB",
        "templates.\"a.*\".local.ttl|25h|expected a duration from 1ms to 1d, such as 2s",
        "caches.c.local.max-staleness|99ms|expected a duration from 100ms to 1h, such as 2s",
        "cache-defaults.local.immutable-types|com.acme.*"
            + "|expected a list of classes such as [\"com.acme.Money\"]",
        "cache-defaults.local.access-expiry|ignore|expected one of warn, refuse",
        "cache-defaults.on-undecodable|skip|expected one of fail, miss",
        "cache-defaults.codec.name|xml"
            + "|expected kryo, java, json, raw or the name of a class with its package",
        "cache-defaults.codec.allow|*"
            + "|expected a list of classes and packages such as [\"com.acme.*\"]",
        "cache-defaults.codec.compression|rar|expected one of none, gzip, lz4, zstd",
        "cache-defaults.codec.max-value-size|1GiB|expected a size from 0 to 512MiB, such as 2KiB",
        "cache-defaults.codec.compression-threshold|big"
            + "|expected a size from 0 to 512MiB, such as 2KiB",
        "cache-defaults.load.negative-ttl|2h|expected a duration from 0 to 1h, such as 2s",
        "cache-defaults.key-type|no type|expected the name of a class",
        "cache-defaults.expiry.created|unchanged"
            + "|expected a duration such as 10m, at most 36500d, or 0 or eternal",
        "cache-defaults.expiry.created|1us"
            + "|expected a duration such as 10m, at most 36500d, or 0 or eternal",
        "templates.\"a.*\".expiry.updated|never"
            + "|expected a duration such as 10m, at most 36500d, or 0 or eternal or unchanged",
        "caches.\"a.b\".expiry.accessed|36501d"
            + "|expected a duration such as 10m, at most 36500d, or 0 or eternal or unchanged",
      })
  void read_badValue_namesSettingValueSourceAndExpectation(
      String name, String value, String expected) {
    sources.property("jcache-redis." + name, value);
    String source = expected.contains("pool.max-size") ? "" : FROM;
    assertThatThrownBy(sources::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("property 'jcache-redis.%s' is '%s'%s; %s", name, value, source, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "comand-timeout|is not known; did you mean 'command-timeout'?",
        "max-size|is not known; did you mean 'pool.max-size'?",
        "expiry.created|is not known; did you mean 'cache-defaults.expiry.created'?",
        "cache|is not known; did you mean 'caches'?",
        "cache-defaults.ttl-jiter|is not known; did you mean 'ttl-jitter'?",
        "templates.\"a.*\".statistic|is not known; did you mean 'statistics'?",
        "caches.users.created|is not known; did you mean 'expiry.created'?",
        "caches.com.acme.User.expiry.created|is not known; a name with dots needs quotes:"
            + " 'jcache-redis.caches.\"com.acme.User\".expiry.created'",
        "nonsense-all-over|is not known; known are uri, user, password, database, client-name,"
            + " namespace, connect, connect-timeout, command-timeout, operation-timeout,"
            + " pipelining.lanes, pipelining.max-commands, pipelining.max-bytes,"
            + " pipelining.large-value, pool.max-size, pool.min-idle, pool.max-wait, tls.truststore,"
            + " tls.truststore-password, tls.keystore, tls.keystore-password, tls.verify-hostname,"
            + " events.announce, events.configure-server",
        "pool|is a block, not a value; set one of pool.max-size, pool.min-idle, pool.max-wait",
        "caches.c.events|is a block, not a value; set one of events.queue,"
            + " events.synchronous, events.deadline",
      })
  void read_unknownName_saysWhatToWrite(String name, String message) {
    sources.property("jcache-redis." + name, "secret");
    assertThatThrownBy(sources::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("property 'jcache-redis.%s'%s %s", name, FROM, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cache-defaults", "templates.\"a.*\"", "caches.c"})
  void read_twoBoundsInOneBlock_isAnError(String block) {
    sources.property("jcache-redis." + block + ".local.max-weight", "1MiB");
    sources.property("jcache-redis." + block + ".local.max-entries", "10000");
    assertThatThrownBy(sources::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "property 'jcache-redis.%s.local.max-weight' is '1MiB'%s; expected one bound, but"
                + " local.max-entries is '10000'%s",
            block, FROM, FROM);
  }

  @ParameterizedTest
  @CsvSource({"cache-defaults", "templates", "caches"})
  void read_valueInPlaceOfABlock_isRefused(String block) {
    sources.property("jcache-redis." + block, "secret");
    assertThatThrownBy(sources::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "property 'jcache-redis.%s'%s is a block, not a value; write %s",
            block,
            FROM,
            block.equals("cache-defaults")
                ? "cache-defaults.SETTING"
                : block + ".\"NAME\".SETTING");
  }

  @Test
  void read_unquotedStar_saysHowToQuote() {
    sources.property("jcache-redis.templates.com.*.ttl-jitter", 1);
    assertThatThrownBy(sources::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "property 'jcache-redis.templates.com.*.ttl-jitter'%s is not a path; put a name with"
                + " special characters in quotes: jcache-redis.templates.\"com.acme.*\".ttl-jitter",
            FROM);
  }

  @Test
  void read_severalProblems_areToldTogether() throws IOException {
    URI file =
        sources.file("a.conf", "jcache-redis {\n  pol.max-size = 1\n  caches.c.ttl-jitter = x\n}");
    assertThatThrownBy(() -> sources.property("jcache-redis.connect", 1).read(file))
        .hasMessage(
            "the configuration has 3 problems:\n"
                + "  - property 'jcache-redis.caches.c.ttl-jitter' is 'x' (%2$s: 3);"
                + " expected a percentage from 0 to 100, such as 10%%\n"
                + "  - property 'jcache-redis.connect' is '1'%1$s; expected one of lazy, eager\n"
                + "  - property 'jcache-redis.pol.max-size' (%2$s: 2) is not known;"
                + " did you mean 'pool.max-size'?",
            FROM, file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uri|redis://bob:secret@h:0|redis://***@h:0",
        "uri|redis://h?password=secret|redis://h?***",
        "password|''|***",
        "tls.keystore-password|''|***",
        "tls.truststore-password|''|***",
      })
  void read_badSecret_isMasked(String name, String value, String shown) {
    sources.property("jcache-redis." + name, value);
    assertThatThrownBy(sources::read)
        .hasMessageStartingWith("property 'jcache-redis.%s' is '%s'%s; expected", name, shown, FROM)
        .hasMessageNotContaining("secret");
  }

  @Test
  void cache_badOverride_namesTheCache() throws IOException {
    ManagerSettings settings = sources.read();
    assertThatThrownBy(() -> settings.cache("orders", Map.of("ttl-jitter", 200)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "property 'ttl-jitter' is '200' (set for cache 'orders');"
                + " expected a percentage from 0 to 100, such as 10%");
    assertThatThrownBy(() -> settings.cache("orders", Map.of("ttl.jitter", 2)))
        .hasMessage(
            "property 'ttl.jitter' (set for cache 'orders') is not known;"
                + " did you mean 'ttl-jitter'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/cache.conf|write file:/cache.conf for a file or classpath:cache.conf for a resource",
        "http://u:secret@h/a|expected classpath:NAME or file:PATH of a .conf, .json or .properties"
            + " file, or redis://HOST or rediss://HOST",
        "cache|expected classpath:NAME or file:PATH of a .conf, .json or .properties"
            + " file, or redis://HOST or rediss://HOST",
        "classpath:a.xml|expected classpath:NAME or file:PATH of a .conf, .json or .properties"
            + " file, or redis://HOST or rediss://HOST",
        "file://host/a.conf|expected file:/PATH or file:PATH without a host",
        "redis-cluster://u:secret@h"
            + "|scheme is not supported by this version yet; use redis:// or rediss://",
        "redis-sentinel://h"
            + "|scheme is not supported by this version yet; use redis:// or rediss://",
        "redis://h/x|expected a database of 0 or more after '/'",
      })
  void read_badManagerUri_saysWhatIsAccepted(String uri, String message) {
    assertThatThrownBy(() -> sources.read(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("manager URI is '%s'; %s", uri.replace("u:secret", "***"), message);
  }

  @Test
  void read_absentFile_isAnError() {
    assertThatThrownBy(() -> sources.read(URI.create("file:/no/such.conf")))
        .isInstanceOf(CacheException.class)
        .hasMessage("manager URI is 'file:/no/such.conf'; there is no readable file /no/such.conf");
    assertThatThrownBy(() -> sources.read(URI.create("classpath:no-such.conf")))
        .isInstanceOf(CacheException.class)
        .hasMessage(
            "manager URI is 'classpath:no-such.conf'; there is no such resource on the class path");
  }

  @Test
  void read_brokenSyntax_namesTheLineAndNoContent() throws IOException {
    URI conf = sources.file("a.conf", "jcache-redis {\n password = se$cret\n}");
    assertThatThrownBy(() -> sources.read(conf))
        .isInstanceOf(CacheException.class)
        .hasNoCause()
        .hasMessage(
            "%s is not valid HOCON at line 2; put texts with special characters in quotes", conf);
    URI json = sources.file("a.json", "{");
    assertThatThrownBy(() -> sources.read(json))
        .isInstanceOf(CacheException.class)
        .hasMessageStartingWith(json + " is not valid JSON at line 1;");
  }

  @Test
  void read_substitutionWithoutValue_isAnError() throws IOException {
    URI conf = sources.file("a.conf", "jcache-redis.user = ${NO_SUCH_VARIABLE_}");
    assertThatThrownBy(() -> sources.read(conf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a substitution has no value; %s: 1: Could not resolve substitution to a value:"
                + " ${NO_SUCH_VARIABLE_}",
            conf);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uri = \"redis://h\"", "jcache-redis = 5", "jcache-redis = null"})
  void read_fileWithoutOurBlock_isAnError(String content) throws IOException {
    URI conf = sources.file("a.conf", content);
    assertThatThrownBy(() -> sources.read(conf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%s has no 'jcache-redis' block; all settings belong into it", conf);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool = null", "cache-defaults = null", "caches = 1", "caches.c = null"})
  void read_blockReplacedInFile_isAnError(String content) throws IOException {
    URI conf = sources.file("a.conf", "jcache-redis {" + content + "}");
    assertThatThrownBy(() -> sources.read(conf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "property 'jcache-redis.%s' (%s: 1) is a block, not a value; ",
            content.substring(0, content.indexOf(' ')), conf);
  }

  @Test
  void read_nullForARequiredSetting_isAnError() throws IOException {
    URI conf = sources.file("a.conf", "jcache-redis.namespace = null");
    assertThatThrownBy(() -> sources.read(conf))
        .hasMessageStartingWith(
            "property 'jcache-redis.namespace' is 'null' (%s: 1); expected 1", conf);
  }

  @Test
  void read_listsInWrongPlaces_areErrors() throws IOException {
    URI file =
        sources.file(
            "a.conf", "jcache-redis { namespace = [a], cache-defaults.codec.allow = [{a = b}] }");
    assertThatThrownBy(() -> sources.read(file))
        .hasMessageContaining("'jcache-redis.namespace' is '[a]'")
        .hasMessageContaining("'jcache-redis.cache-defaults.codec.allow' is '[..]'");
  }
}
