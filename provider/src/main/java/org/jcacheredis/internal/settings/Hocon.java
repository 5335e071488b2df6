// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.cache.CacheException;

/** The configuration library, seen by nobody else. Its objects and exceptions end here. */
final class Hocon {
  /** The block that holds all settings. */
  static final String ROOT = "jcache-redis";

  private Hocon() {}

  /**
   * The defaults of {@code reference.conf}.
   *
   * @throws CacheException if it is not on the class path
   */
  static Layer defaults() {
    return resolved(reference(), "reference.conf");
  }

  /**
   * The settings of a {@code .conf} or {@code .json} file over the defaults; substitutions see
   * both, and the environment.
   *
   * @param shownName the file's name in messages
   * @throws CacheException if the file cannot be read, or is not in the syntax of its name
   * @throws IllegalArgumentException if it has content but no {@code jcache-redis} block, or a
   *     substitution without a value
   */
  static Layer file(URL file, String shownName) {
    Config content = parsed(file, shownName);
    if (!content.isEmpty() && !content.root().containsKey(ROOT)) {
      throw withoutBlock(shownName);
    }
    return resolved(content.withFallback(reference()), shownName);
  }

  private static IllegalArgumentException withoutBlock(String shownName) {
    return new IllegalArgumentException(
        shownName + " has no '" + ROOT + "' block; all settings belong into it");
  }

  private static Config reference() {
    Config reference =
        ConfigFactory.parseResources(Hocon.class.getClassLoader(), "reference.conf")
            .withOnlyPath(ROOT);
    if (reference.isEmpty()) {
      throw new CacheException(
          "reference.conf of jcache-redis is not on the class path; when jars are merged, append"
              + " the files of this name to each other");
    }
    return reference;
  }

  private static Config parsed(URL file, String shownName) {
    ConfigSyntax syntax = file.getPath().endsWith(".json") ? ConfigSyntax.JSON : ConfigSyntax.CONF;
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setAllowMissing(false)
            .setSyntax(syntax)
            .setOriginDescription(shownName);
    try {
      return ConfigFactory.parseURL(file, options);
    } catch (ConfigException.IO e) {
      throw new CacheException(shownName + " cannot be read; " + e.getMessage(), e);
    } catch (ConfigException e) {
      // neither its message nor the cause: they quote the text around the error, maybe a password
      throw new CacheException(
          "%s is not valid %s at line %d; put texts with special characters in quotes"
              .formatted(shownName, syntax == ConfigSyntax.JSON ? "JSON" : "HOCON", line(e)));
    }
  }

  private static int line(ConfigException e) {
    return e.origin() == null ? 0 : e.origin().lineNumber();
  }

  private static Layer resolved(Config config, String shownName) {
    try {
      // other blocks may hold substitutions that only their owners can resolve
      Config lenient = config.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
      Config own = lenient.root().withOnlyKey(ROOT).toConfig();
      if (!(own.resolve().root().get(ROOT) instanceof ConfigObject block)) {
        throw withoutBlock(shownName);
      }
      Map<List<String>, Found> values = new HashMap<>();
      collect(block, List.of(), values);
      return new Layer(values);
    } catch (ConfigException.UnresolvedSubstitution e) {
      throw new IllegalArgumentException("a substitution has no value; " + e.getMessage(), e);
    } catch (ConfigException e) {
      // without the cause, whose message may quote the whole file
      throw new CacheException(shownName + " cannot be resolved; check its ${..} substitutions");
    }
  }

  private static void collect(ConfigValue value, List<String> path, Map<List<String>, Found> into) {
    if (value instanceof ConfigObject block && !block.isEmpty()) {
      block.forEach(
          (name, inner) -> {
            List<String> innerPath = new ArrayList<>(path);
            innerPath.add(name);
            collect(inner, List.copyOf(innerPath), into);
          });
    } else {
      into.put(path, found(value));
    }
  }

  private static Found found(ConfigValue value) {
    String origin = value.origin().description();
    if (value instanceof ConfigList list) {
      return list(list, origin);
    }
    return switch (value.valueType()) {
      case NULL -> Found.nothing(Found.Shape.NULL, origin);
      case OBJECT -> Found.nothing(Found.Shape.EMPTY_BLOCK, origin);
      default -> Found.text(String.valueOf(value.unwrapped()), origin);
    };
  }

  private static Found list(ConfigList list, String origin) {
    List<String> items = new ArrayList<>();
    for (ConfigValue item : list) {
      if (item.valueType() == ConfigValueType.OBJECT || item.valueType() == ConfigValueType.LIST) {
        return Found.nothing(Found.Shape.NESTED, origin);
      }
      items.add(String.valueOf(item.unwrapped()));
    }
    return new Found(Found.Shape.LIST, List.copyOf(items), origin);
  }

  /** The elements of a path such as {@code caches."com.acme.User".ttl-jitter}, if it is one. */
  static Optional<List<String>> path(String text) {
    try {
      return Optional.of(List.copyOf(ConfigUtil.splitPath(text)));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /** A text such as {@code 2s}; without a unit, milliseconds. */
  static Optional<Duration> duration(String text) {
    try {
      return Optional.of(single(text).getDuration("value"));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /** A text such as {@code 2KiB} as a number of bytes. */
  static Optional<Long> bytes(String text) {
    try {
      return Optional.of(single(text).getBytes("value"));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  private static Config single(String text) {
    return ConfigValueFactory.fromAnyRef(text).atKey("value");
  }
}
