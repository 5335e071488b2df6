// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings that one block may hold. Immutable. */
final class Schema {
  private final Map<List<String>, Setting<?>> settings = new LinkedHashMap<>();

  private final List<String> elsewhere;

  /**
   * @param elsewhere names of other blocks, from here, to suggest to those who look in this one
   */
  Schema(List<Setting<?>> known, List<String> elsewhere) {
    known.forEach(setting -> settings.put(setting.path(), setting));
    this.elsewhere = List.copyOf(elsewhere);
  }

  List<String> names() {
    return settings.values().stream().map(Setting::name).toList();
  }

  List<String> suggestions() {
    List<String> all = new ArrayList<>(names());
    all.addAll(elsewhere);
    return all;
  }

  boolean knows(List<String> path) {
    return settings.containsKey(path);
  }

  /**
   * Reports values that do not fit their setting, and settings that nobody knows.
   *
   * @param block the path of the block that {@code layer} is counted from
   */
  void check(Layer layer, List<String> block, Problems problems) {
    layer
        .values()
        .forEach(
            (path, found) -> {
              Subject subject = new Subject(block, path, found);
              Setting<?> setting = settings.get(path);
              if (setting != null) {
                checkValue(setting, subject, problems);
              } else if (!below(path).isEmpty()) {
                checkBlock(subject, problems);
              } else {
                String remedy = new Suggestion(this).remedy(block, path);
                problems.add(subject.named() + " is not known; " + remedy);
              }
            });
  }

  private static void checkValue(Setting<?> setting, Subject subject, Problems problems) {
    try {
      setting.check(subject.found);
    } catch (Mismatch e) {
      problems.add(subject.is(setting.shown(subject.found)) + "; " + e.expected());
    }
  }

  private void checkBlock(Subject subject, Problems problems) {
    if (subject.found.shape() != Found.Shape.EMPTY_BLOCK) {
      problems.add(
          subject.named()
              + " is a block, not a value; set one of "
              + String.join(", ", below(subject.path)));
    }
  }

  private List<String> below(List<String> block) {
    List<String> names = new ArrayList<>();
    settings.forEach(
        (path, setting) -> {
          if (path.size() > block.size() && path.subList(0, block.size()).equals(block)) {
            names.add(setting.name());
          }
        });
    return names;
  }

  /** Who a complaint is about. */
  private record Subject(List<String> block, List<String> path, Found found) {
    String named() {
      return "property '%s' (%s)".formatted(full(), found.origin());
    }

    String is(String value) {
      return "property '%s' is '%s' (%s)".formatted(full(), value, found.origin());
    }

    private String full() {
      List<String> full = new ArrayList<>(block);
      full.addAll(path);
      return Layer.render(full);
    }
  }
}
