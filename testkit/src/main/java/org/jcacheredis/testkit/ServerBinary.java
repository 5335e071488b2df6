// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server program: system property {@code redis.server} or variable {@code REDIS_SERVER}, else
 * {@code redis-server} or {@code valkey-server} on the PATH, else the Redis 7.0.15 that the
 * artifact org.signal:embedded-redis carries as a resource, extracted once per JVM.
 */
final class ServerBinary {
  private static final String BUNDLED = "redis-server-7.0.15-";
  private static final List<String> NAMES = List.of("redis-server", "valkey-server");

  private ServerBinary() {}

  static Path path() {
    return configured().or(ServerBinary::onPath).orElseGet(() -> Extracted.BINARY);
  }

  private static Optional<Path> configured() {
    return Optional.ofNullable(Settings.find("redis.server", "REDIS_SERVER")).map(Path::of);
  }

  private static Optional<Path> onPath() {
    @Nullable String path = System.getenv("PATH");
    if (path == null) {
      return Optional.empty();
    }
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Holder: extracts on first use, deletes when the JVM ends. */
  private static final class Extracted {
    static final Path BINARY = extract();

    private static Path extract() {
      String name = BUNDLED + operatingSystem() + "-" + architecture();
      Path directory = Directories.temporary("redis-binary-");
      Path file = directory.resolve(name);
      try (InputStream resource = ServerBinary.class.getResourceAsStream("/" + name)) {
        if (resource == null) {
          throw missing(name);
        }
        Files.copy(resource, file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (!file.toFile().setExecutable(true)) {
        throw new IllegalStateException(file + " cannot be made executable; set REDIS_SERVER");
      }
      Watchdog watchdog = Watchdog.over(directory);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory, watchdog)));
      return file;
    }

    private static void remove(Path directory, Watchdog watchdog) {
      Directories.delete(directory);
      watchdog.close();
    }

    private static IllegalStateException missing(String name) {
      return new IllegalStateException(
          "resource '"
              + name
              + "' is not on the class path; add org.signal:embedded-redis or set REDIS_SERVER to"
              + " the path of a server binary");
    }

    private static String operatingSystem() {
      return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")
          ? "darwin"
          : "linux";
    }

    private static String architecture() {
      String architecture = System.getProperty("os.arch");
      return switch (architecture) {
        case "x86_64", "amd64" -> "amd64";
        case "aarch64", "arm64" -> "arm64";
        case "x86", "i386" -> "386";
        default -> architecture;
      };
    }
  }
}
