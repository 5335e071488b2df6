// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.cache.CacheException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frameworks look a file's name up as a resource, and hand on where it lies: often in a jar. */
class PackedSettingsTest {
  @TempDir Path directory;
  private Path jar;

  @BeforeEach
  void pack() throws IOException {
    jar = directory.resolve("app.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("cache.conf"));
      out.write("jcache-redis.namespace = packed".getBytes(UTF_8));
      out.putNextEntry(new ZipEntry("cache.properties"));
      out.write("jcache-redis.namespace=listed".getBytes(UTF_8));
    }
  }

  @Test
  void read_fileInAJar_isRead() {
    assertThat(read("cache.conf").namespace()).isEqualTo("packed");
    assertThat(read("cache.properties").namespace()).isEqualTo("listed");
  }

  @Test
  void read_fileThatTheJarHasNot_saysSo() {
    assertThatThrownBy(() -> read("other.conf"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("app.jar!/other.conf");
  }

  private ManagerSettings read(String name) {
    URI uri = URI.create("jar:" + jar.toUri() + "!/" + name);
    return SettingsReader.read(uri, new Properties(), getClass().getClassLoader());
  }
}
