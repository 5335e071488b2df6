// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.io.IOException;
import java.io.InputStreamReader;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What the URI of a cache manager stands for: a file of settings, or a server.
 *
 * @param file the file, or null if it is the default one and absent
 * @param server the server's URI, or null if the manager's URI names a file
 */
record ManagerLocation(String shownName, @Nullable URL file, @Nullable String server) {
  private static final String ACCEPTED =
      "expected classpath:NAME or file:PATH of a .conf, .json or .properties file, or"
          + " redis://HOST or rediss://HOST";

  /**
   * @throws IllegalArgumentException if the URI is of another kind
   * @throws CacheException if it names a file, other than the default one, that does not exist
   */
  static ManagerLocation of(URI uri, ClassLoader loader) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "classpath" -> resource(uri, loader);
      case "file" -> file(uri);
      case "jar" -> packed(uri);
      case "redis", "rediss", "redis-sentinel", "redis-cluster" -> server(uri, loader);
      default -> throw refused(uri, scheme.isEmpty() ? withoutScheme(uri) : ACCEPTED);
    };
  }

  private static IllegalArgumentException refused(URI uri, String remedy) {
    String shown = RedisUri.masked(uri.toString());
    return new IllegalArgumentException("manager URI is '%s'; %s".formatted(shown, remedy));
  }

  private static String withoutScheme(URI uri) {
    String name = RedisUri.masked(uri.toString());
    String resource = name.replaceFirst("^/+", "");
    return name.matches(".+\\.(conf|json|properties)")
        ? "write file:%s for a file or classpath:%s for a resource".formatted(name, resource)
        : ACCEPTED;
  }

  private static ManagerLocation resource(URI uri, ClassLoader loader) {
    String name = uri.getSchemeSpecificPart().replaceFirst("^/+", "");
    checkName(uri, name);
    URL resource = loader.getResource(name);
    if (resource == null && !uri.equals(SettingsReader.DEFAULT_URI)) {
      throw new CacheException(
          "manager URI is '%s'; there is no such resource on the class path".formatted(uri));
    }
    return new ManagerLocation(uri.toString(), resource, null);
  }

  private static ManagerLocation file(URI uri) {
    checkName(uri, uri.getSchemeSpecificPart());
    if (uri.getAuthority() != null) {
      throw refused(uri, "expected file:/PATH or file:PATH without a host");
    }
    // a relative path makes the URI opaque, which Path.of(URI) refuses
    Path path = uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new CacheException(
          "manager URI is '%s'; there is no readable file %s"
              .formatted(uri, path.toAbsolutePath()));
    }
    try {
      return new ManagerLocation(uri.toString(), path.toUri().toURL(), null);
    } catch (MalformedURLException e) {
      throw new CacheException("manager URI is '%s'; its path has no URL".formatted(uri), e);
    }
  }

  /** What a framework makes of a resource's name when the resource lies in a jar. */
  private static ManagerLocation packed(URI uri) {
    checkName(uri, uri.getSchemeSpecificPart());
    try {
      return new ManagerLocation(uri.toString(), uri.toURL(), null);
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new CacheException(
          "manager URI is '%s'; %s".formatted(uri, e.getMessage() + "; " + ACCEPTED), e);
    }
  }

  private static void checkName(URI uri, String name) {
    if (!name.matches(".+\\.(conf|json|properties)")) {
      throw refused(uri, ACCEPTED);
    }
  }

  /** The server from the URI, everything else from the default file. */
  private static ManagerLocation server(URI uri, ClassLoader loader) {
    try {
      RedisUri.parse(uri.toString());
    } catch (Mismatch e) {
      throw refused(uri, e.expected());
    }
    ManagerLocation settings = resource(SettingsReader.DEFAULT_URI, loader);
    return new ManagerLocation(settings.shownName, settings.file, uri.toString());
  }

  /** The settings of the file over the defaults. */
  Layer read(Problems problems) {
    if (file == null) {
      return Hocon.defaults();
    }
    return file.getPath().endsWith(".properties")
        ? PropertySource.read(properties(file), shownName, problems).over(Hocon.defaults())
        : Hocon.file(file, shownName);
  }

  private Properties properties(URL from) {
    Properties properties = new Properties();
    try (var reader = new InputStreamReader(from.openStream(), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new CacheException(shownName + " cannot be read; " + e.getMessage(), e);
    }
    return properties;
  }

  /** The server as a setting, stronger than all other sources; none if the URI names a file. */
  Layer serverLayer() {
    return Optional.ofNullable(server)
        .map(uri -> Found.text(uri, "manager URI"))
        .map(found -> new Layer(Map.of(ManagerSchema.URI.path(), found)))
        .orElse(Layer.EMPTY);
  }

  /** Without the server, which may carry a password. */
  @Override
  public String toString() {
    return shownName;
  }
}
