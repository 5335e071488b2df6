// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What to write instead of a name that a schema does not know. */
record Suggestion(Schema schema) {
  /**
   * @param block where the unknown path is counted from
   */
  String remedy(List<String> block, List<String> path) {
    return unquoted(block, path)
        .or(() -> nearest(String.join(".", path)).map(name -> "did you mean '" + name + "'?"))
        .orElseGet(() -> "known are " + String.join(", ", schema.names()));
  }

  /** {@code caches.com.acme.User.ttl-jitter}: the name of the cache fell apart at its dots. */
  private Optional<String> unquoted(List<String> block, List<String> path) {
    for (int i = 1; block.size() > 1 && i < path.size(); i++) {
      List<String> setting = path.subList(i, path.size());
      if (schema.knows(setting)) {
        List<String> name = new ArrayList<>(block.subList(block.size() - 1, block.size()));
        name.addAll(path.subList(0, i));
        List<String> quoted = new ArrayList<>(block.subList(0, block.size() - 1));
        quoted.add(String.join(".", name));
        quoted.addAll(setting);
        return Optional.of("a name with dots needs quotes: '" + Layer.render(quoted) + "'");
      }
    }
    return Optional.empty();
  }

  private Optional<String> nearest(String text) {
    List<String> names = schema.suggestions();
    Optional<String> deeper = names.stream().filter(name -> name.endsWith("." + text)).findFirst();
    return deeper.or(
        () ->
            names.stream()
                .min(Comparator.comparingInt(name -> distance(text, name)))
                .filter(name -> distance(text, name) <= Math.max(2, text.length() / 4)));
  }

  /** The least number of insertions, deletions and replacements from one text to the other. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
