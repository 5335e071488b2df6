// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private static final String NAMESPACE = "jcache-redis.namespace";

  @TempDir Path directory;
  private Sources sources;

  @BeforeEach
  void prepare() {
    sources = new Sources(directory);
  }

  @AfterEach
  void forgetSystemProperties() {
    System.clearProperty(NAMESPACE);
  }

  @Test
  void read_nothing_givesDefaults() throws IOException {
    ManagerSettings settings = sources.read();
    ConnectionSettings connection = settings.connection();
    assertThat(settings.namespace()).isEqualTo("jcache");
    assertThat(settings.declaredCaches()).isEmpty();
    String server = System.getenv().getOrDefault("REDIS_URL", "redis://localhost:6379");
    assertThat(connection.uri()).hasToString(RedisUri.parse(server).address());
    assertThat(connection.clientName()).isEqualTo("jcache-redis");
    assertThat(connection.connectTimeout()).hasSeconds(2);
    assertThat(connection.commandTimeout()).hasSeconds(2);
    assertThat(connection.operationTimeout()).hasSeconds(10);
    assertThat(connection.pool())
        .isEqualTo(new ConnectionSettings.Pool(64, 1, Duration.ofSeconds(5)));
    assertThat(connection.tls())
        .isEqualTo(new ConnectionSettings.Tls(null, null, null, null, true));
    assertThat(connection.eager()).isFalse();
    assertThat(settings.events()).isEqualTo(new ManagerSettings.Events(true, true));
  }

  @Test
  void read_eventsOfAManager_areNotThoseOfACache() throws IOException {
    ManagerSettings settings =
        sources.conf(
            "jcache-redis { events { announce = off, configure-server = no },"
                + " caches.c.events.queue = 3 }");
    assertThat(settings.events()).isEqualTo(new ManagerSettings.Events(false, false));
    assertThat(settings.cache("c", Map.of()).events().queue()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "property, system, file, property",
    "'', system, file, system",
    "'', '', file, file",
    "'', '', '', jcache",
    "property, '', file, property",
    "property, system, '', property"
  })
  void read_severalSources_strongestWins(
      String property, String system, String file, String expected) throws IOException {
    if (!property.isEmpty()) {
      sources.property(NAMESPACE, property);
    }
    if (!system.isEmpty()) {
      System.setProperty(NAMESPACE, system);
    }
    sources.file(
        "jcache-redis.conf", file.isEmpty() ? "" : "jcache-redis { namespace = " + file + " }");
    assertThat(sources.read().namespace()).isEqualTo(expected);
  }

  @Test
  void read_systemPropertyChanged_isSeenByTheNextRead() throws IOException {
    System.setProperty(NAMESPACE, "one");
    assertThat(sources.read().namespace()).isEqualTo("one");
    System.setProperty(NAMESPACE, "two");
    assertThat(sources.read().namespace()).isEqualTo("two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://manager", "rediss://manager"})
  void read_redisUri_winsOverAllSourcesOfUri(String uri) throws IOException {
    sources.property("jcache-redis.uri", "redis://property");
    sources.file("jcache-redis.conf", "jcache-redis { uri = \"redis://file\", namespace = n }");
    ManagerSettings settings = sources.read(URI.create(uri));
    assertThat(settings.connection().uri()).isEqualTo(URI.create(uri + ":6379"));
    assertThat(settings.namespace()).as("the rest comes from the default file").isEqualTo("n");
  }

  @Test
  void read_loginInUri_isOverriddenByItsSettings() throws IOException {
    sources.property("jcache-redis.uri", "redis://bob:one@h/3");
    ConnectionSettings login = sources.read().connection();
    assertThat(List.of(login.user(), login.password(), login.database()))
        .containsExactly("bob", "one", 3);
    sources.property("jcache-redis.user", "eve").property("jcache-redis.password", "two");
    ConnectionSettings overridden =
        sources.property("jcache-redis.database", 4).read().connection();
    assertThat(List.of(overridden.user(), overridden.password(), overridden.database()))
        .containsExactly("eve", "two", 4);
    assertThat(overridden.uri()).hasToString("redis://h:6379");
  }

  @Test
  void read_jsonFile_isRead() throws IOException {
    URI file = sources.file("a.json", "{\"jcache-redis\": {\"namespace\": \"json\"}}");
    assertThat(sources.read(file).namespace()).isEqualTo("json");
  }

  @Test
  void read_propertiesFile_keepsQuotedNames() throws IOException {
    URI file =
        sources.file(
            "a.properties",
            "other=1\njcache-redis.caches.\"com.acme.User\".expiry.created=10m\n"
                + "jcache-redis.cache-defaults.codec.allow=com.acme.*, org.example.Money\n");
    ManagerSettings settings = sources.read(file);
    assertThat(settings.declaredCaches()).containsExactly("com.acme.User");
    CacheSettings cache = settings.cache("com.acme.User", Map.of());
    assertThat(cache.expiry().created()).hasMinutes(10);
    assertThat(cache.codec().allow()).containsExactly("com.acme.*", "org.example.Money");
  }

  @ParameterizedTest
  @ValueSource(strings = {"classpath:other.conf", "classpath:/other.conf"})
  void read_classpathUri_isFoundByTheLoader(String uri) throws IOException {
    sources.file("other.conf", "jcache-redis.namespace = other");
    assertThat(sources.read(URI.create(uri)).namespace()).isEqualTo("other");
  }

  @Test
  void read_relativeFile_isFoundFromTheWorkingDirectory() throws IOException {
    Path file = Path.of("target", "relative-settings.conf");
    Files.writeString(file, "jcache-redis.namespace = relative");
    URI uri = URI.create("file:target/relative-settings.conf");
    assertThat(sources.read(uri).namespace()).isEqualTo("relative");
  }

  @Test
  void read_substitution_takesTheEnvironment() throws IOException {
    String path = System.getenv("PATH");
    ManagerSettings settings =
        sources.conf("jcache-redis { password = ${PATH}, client-name = ${?NO_SUCH_VARIABLE_} }");
    assertThat(settings.connection().password()).isEqualTo(path.trim());
    assertThat(settings.connection().clientName()).isEqualTo("jcache-redis");
  }

  @Test
  void read_otherPeoplesSettings_areIgnored() throws IOException {
    sources.property("hibernate.cache.region", "x").property("jcache-redisson", 1);
    sources.property("unrelated", new Object());
    ManagerSettings settings =
        sources.conf("akka { x = ${NO_SUCH_VARIABLE_} }, jcache-redis { namespace = ours }");
    assertThat(settings.namespace()).isEqualTo("ours");
  }

  @Test
  void read_objectsAsProperties_countByTheirText() throws IOException {
    sources
        .property("jcache-redis.pool.max-size", 7)
        .property("jcache-redis.connect", "eager")
        .property("jcache-redis.command-timeout", Duration.ofMillis(1500))
        .property("jcache-redis.tls.verify-hostname", false);
    ConnectionSettings connection = sources.read().connection();
    assertThat(connection.pool().maxSize()).isEqualTo(7);
    assertThat(connection.eager()).isTrue();
    assertThat(connection.commandTimeout()).hasMillis(1500);
    assertThat(connection.tls().verifyHostname()).isFalse();
  }

  @Test
  void read_propertiesWithDefaults_seesThem() {
    Properties defaults = new Properties();
    defaults.setProperty(NAMESPACE, "inherited");
    ManagerSettings settings =
        SettingsReader.read(
            SettingsReader.DEFAULT_URI,
            new Properties(defaults),
            ClassLoader.getPlatformClassLoader());
    assertThat(settings.namespace()).isEqualTo("inherited");
  }

  @Test
  void read_null_unsetsAWeakerValue() throws IOException {
    sources.file("jcache-redis.conf", "jcache-redis.caches.users.expiry.created = null");
    sources.property("jcache-redis.cache-defaults.expiry.created", "1h");
    assertThat(sources.read().cache("users", Map.of()).expiry().isConfigured()).isFalse();
  }

  @Test
  void toString_withPasswords_masksThem() throws IOException {
    sources
        .property("jcache-redis.uri", "redis://bob:secret1@h")
        .property("jcache-redis.tls.keystore-password", "secret2")
        .property("jcache-redis.tls.truststore-password", "secret3");
    ManagerSettings settings = sources.read();
    assertThat(settings.connection().password()).isEqualTo("secret1");
    assertThat(settings + " " + settings.connection() + settings.connection().tls())
        .doesNotContain("secret");
  }
}
