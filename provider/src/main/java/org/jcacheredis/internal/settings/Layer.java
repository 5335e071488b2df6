// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one source says, or several laid over each other: path to value. Immutable. */
record Layer(Map<List<String>, Found> values) {
  static final Layer EMPTY = new Layer(Map.of());

  Layer {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Both, where this one's values win. */
  Layer over(Layer weaker) {
    Map<List<String>, Found> merged = new LinkedHashMap<>(weaker.values);
    merged.putAll(values);
    return new Layer(merged);
  }

  /** The part below a block, its paths counted from there. */
  Layer below(String... block) {
    Map<List<String>, Found> part = new LinkedHashMap<>();
    List<String> start = List.of(block);
    values.forEach(
        (path, found) -> {
          if (path.size() > start.size() && path.subList(0, start.size()).equals(start)) {
            part.put(List.copyOf(path.subList(start.size(), path.size())), found);
          }
        });
    return new Layer(part);
  }

  /** What another layer does not say likewise. */
  Layer besides(Layer other) {
    Map<List<String>, Found> rest = new LinkedHashMap<>(values);
    rest.entrySet().removeAll(other.values.entrySet());
    return new Layer(rest);
  }

  /** All but some top-level blocks. */
  Layer without(Set<String> blocks) {
    Map<List<String>, Found> rest = new LinkedHashMap<>(values);
    rest.keySet().removeIf(path -> blocks.contains(path.get(0)));
    return new Layer(rest);
  }

  /** The first elements of all paths, in order. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    values.keySet().forEach(path -> names.add(path.get(0)));
    return names;
  }

  /** A path as one writes it in a file: elements with other characters in quotes. */
  static String render(List<String> path) {
    List<String> elements = new ArrayList<>();
    path.forEach(
        element -> elements.add(element.matches("[\\w-]+") ? element : '"' + element + '"'));
    return String.join(".", elements);
  }
}
