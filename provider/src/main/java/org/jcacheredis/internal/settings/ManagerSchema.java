// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of a manager: all but those of its caches. */
final class ManagerSchema {
  static final String DEFAULTS = "cache-defaults";
  static final String TEMPLATES = "templates";
  static final String CACHES = "caches";

  /** The blocks that hold settings of caches. */
  static final Set<String> CACHE_BLOCKS = Set.of(DEFAULTS, TEMPLATES, CACHES);

  private static final int MEBIBYTE = 1 << 20;

  /** What a socket takes without blocking: nobody watches a thread that writes to a lane alone. */
  private static final int SEND_BUFFER = 1 << 16;

  private static final Duration MILLI = Duration.ofMillis(1);

  static final Setting<RedisUri> URI =
      Setting.required("uri", found -> RedisUri.parse(Kinds.text().parse(found)))
          .shownAs(Setting.Display.ADDRESS);
  static final Setting<String> USER = Setting.optional("user", Kinds.text());
  static final Setting<String> PASSWORD = Setting.secret("password");
  static final Setting<Integer> DATABASE =
      Setting.optional("database", Kinds.integer(0, 999_999_999));
  static final Setting<String> CLIENT_NAME =
      Setting.required(
          "client-name",
          Kinds.matching("[!-~]{1,100}", "1 to 100 printable ASCII characters, no spaces"));
  static final Setting<String> NAMESPACE =
      Setting.required(
          "namespace",
          Kinds.matching("[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits, '.', '-' or '_'"));
  static final Setting<Connect> CONNECT = Setting.required("connect", Kinds.oneOf(Connect.class));
  static final Setting<Duration> CONNECT_TIMEOUT =
      Setting.required("connect-timeout", Kinds.duration(MILLI));
  static final Setting<Duration> COMMAND_TIMEOUT =
      Setting.required("command-timeout", Kinds.duration(MILLI));
  static final Setting<Duration> OPERATION_TIMEOUT =
      Setting.required("operation-timeout", Kinds.duration(MILLI));
  static final Setting<Integer> LANES = Setting.required("pipelining.lanes", Kinds.integer(0, 64));
  static final Setting<Integer> MAX_COMMANDS =
      Setting.required("pipelining.max-commands", Kinds.integer(1, 10_000));
  static final Setting<Integer> MAX_BYTES =
      Setting.required("pipelining.max-bytes", Kinds.size(MEBIBYTE, "1MiB"));
  static final Setting<Integer> LARGE_VALUE =
      Setting.required("pipelining.large-value", Kinds.size(SEND_BUFFER, "64KiB"));
  static final Setting<Integer> MAX_SIZE =
      Setting.required("pool.max-size", Kinds.integer(1, 10_000));
  static final Setting<Integer> MIN_IDLE =
      Setting.required("pool.min-idle", Kinds.integer(0, 10_000));
  static final Setting<Duration> MAX_WAIT =
      Setting.required("pool.max-wait", Kinds.duration(MILLI));
  static final Setting<Path> TRUSTSTORE = Setting.optional("tls.truststore", Kinds.readableFile());
  static final Setting<String> TRUSTSTORE_PASSWORD = Setting.secret("tls.truststore-password");
  static final Setting<Path> KEYSTORE = Setting.optional("tls.keystore", Kinds.readableFile());
  static final Setting<String> KEYSTORE_PASSWORD = Setting.secret("tls.keystore-password");
  static final Setting<Boolean> VERIFY_HOSTNAME =
      Setting.required("tls.verify-hostname", Kinds.flag());

  static final Setting<Boolean> ANNOUNCE = Setting.required("events.announce", Kinds.flag());
  static final Setting<Boolean> CONFIGURE_SERVER =
      Setting.required("events.configure-server", Kinds.flag());

  static final Schema SCHEMA =
      new Schema(
          List.of(
              URI,
              USER,
              PASSWORD,
              DATABASE,
              CLIENT_NAME,
              NAMESPACE,
              CONNECT,
              CONNECT_TIMEOUT,
              COMMAND_TIMEOUT,
              OPERATION_TIMEOUT,
              LANES,
              MAX_COMMANDS,
              MAX_BYTES,
              LARGE_VALUE,
              MAX_SIZE,
              MIN_IDLE,
              MAX_WAIT,
              TRUSTSTORE,
              TRUSTSTORE_PASSWORD,
              KEYSTORE,
              KEYSTORE_PASSWORD,
              VERIFY_HOSTNAME,
              ANNOUNCE,
              CONFIGURE_SERVER),
          elsewhere());

  private enum Connect {
    LAZY,
    EAGER
  }

  private ManagerSchema() {}

  private static List<String> elsewhere() {
    List<String> names = new ArrayList<>();
    CacheSchema.SCHEMA.names().forEach(name -> names.add(DEFAULTS + "." + name));
    Stream.of(DEFAULTS, TEMPLATES, CACHES).forEach(names::add);
    return names;
  }

  /** The checked settings as a record. */
  static ConnectionSettings connection(Layer layer) {
    // taken apart here, since java.net.URI refuses passwords and hosts that RedisUri takes
    RedisUri uri = URI.get(layer);
    return new ConnectionSettings(
        java.net.URI.create(uri.address()),
        first(USER.find(layer), uri.user()),
        first(PASSWORD.find(layer), uri.password()),
        first(DATABASE.find(layer), uri.database()),
        CLIENT_NAME.get(layer),
        CONNECT_TIMEOUT.get(layer),
        COMMAND_TIMEOUT.get(layer),
        OPERATION_TIMEOUT.get(layer),
        new ConnectionSettings.Pipelining(
            LANES.get(layer),
            MAX_COMMANDS.get(layer),
            MAX_BYTES.get(layer),
            LARGE_VALUE.get(layer)),
        new ConnectionSettings.Pool(MAX_SIZE.get(layer), MIN_IDLE.get(layer), MAX_WAIT.get(layer)),
        tls(layer),
        CONNECT.get(layer) == Connect.EAGER);
  }

  static ManagerSettings.Events events(Layer layer) {
    return new ManagerSettings.Events(ANNOUNCE.get(layer), CONFIGURE_SERVER.get(layer));
  }

  private static ConnectionSettings.Tls tls(Layer layer) {
    return new ConnectionSettings.Tls(
        TRUSTSTORE.find(layer),
        TRUSTSTORE_PASSWORD.find(layer),
        KEYSTORE.find(layer),
        KEYSTORE_PASSWORD.find(layer),
        VERIFY_HOSTNAME.get(layer));
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }
}
