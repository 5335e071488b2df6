// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Writes the sources of one test into its directory, and reads them. */
final class Sources {
  private final Path directory;
  private final Properties properties = new Properties();

  Sources(Path directory) {
    this.directory = directory;
  }

  Sources property(String key, Object value) {
    properties.put(key, value);
    return this;
  }

  /** The URI of a file that this call writes. */
  URI file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toUri();
  }

  ManagerSettings read(URI managerUri) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {url()}, null)) {
      return SettingsReader.read(managerUri, properties, loader);
    }
  }

  ManagerSettings read() throws IOException {
    return read(SettingsReader.DEFAULT_URI);
  }

  ManagerSettings conf(String content) throws IOException {
    return read(file("test.conf", content));
  }

  private URL url() throws MalformedURLException {
    return directory.toUri().toURL();
  }
}
