// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings are named in three places: the schemas, reference.conf and the documentation. */
class DocumentationTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z.-]+)` \\| `([^`]+)` \\| (.+) \\| (.*) ?\\| (.+) \\|");

  @TempDir Path directory;

  @Test
  void reference_leaves_areTheSettingsOfTheSchemas() {
    List<String> known = new ArrayList<>(ManagerSchema.SCHEMA.names());
    known.addAll(CacheSchema.SCHEMA.names());
    assertThat(reference().keySet()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void documentation_rows_areThoseOfReferenceWithTheirDefaults() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        assertThat(documented.put(row.group(1), row.group(2))).as(row.group(1)).isNull();
      }
    }
    assertThat(documented).isEqualTo(reference());
  }

  @Test
  void documentation_example_doesWhatTheTextSays() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "configuration.md"));
    String example = page.split("```hocon\n")[1].split("```")[0];
    ManagerSettings settings = new Sources(directory).conf(example);
    assertThat(settings.connection().encrypted()).isTrue();
    assertThat(settings.connection().host()).isEqualTo("cache.example.com");
    assertThat(settings.declaredCaches()).containsExactly("users");
    CacheSettings cache = settings.cache("com.acme.session.web", Map.of());
    assertThat(cache.expiry().created()).hasMinutes(10);
    assertThat(cache.expiry().accessed()).hasMinutes(30);
    assertThat(cache.ttlJitter()).isEqualTo(10);
  }

  /** Names as in the tables of the documentation, to defaults. */
  private static Map<String, String> reference() {
    ConfigObject root =
        ConfigFactory.parseResources("reference.conf")
            .resolve(ConfigResolveOptions.noSystem())
            .getObject("jcache-redis");
    Map<String, String> defaults = new TreeMap<>();
    collect(root, "", defaults);
    return defaults;
  }

  private static void collect(ConfigObject block, String prefix, Map<String, String> into) {
    for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
      String name = prefix + entry.getKey();
      if (entry.getValue() instanceof ConfigObject inner) {
        collect(inner, name.equals("cache-defaults") ? "" : name + ".", into);
      } else {
        into.put(name, String.valueOf(entry.getValue().unwrapped()));
      }
    }
  }
}
