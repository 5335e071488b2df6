// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its path below its block, how it is read, and how it may be shown.
 *
 * @param optional whether it may be left unset
 */
record Setting<T>(String name, Kind<T> kind, boolean optional, Display display) {
  /** How much of a value may appear in a message. */
  enum Display {
    PLAIN,
    ADDRESS,
    SECRET
  }

  static <T> Setting<T> required(String name, Kind<T> kind) {
    return new Setting<>(name, kind, false, Display.PLAIN);
  }

  static <T> Setting<T> optional(String name, Kind<T> kind) {
    return new Setting<>(name, kind, true, Display.PLAIN);
  }

  static Setting<String> secret(String name) {
    return new Setting<>(name, Kinds.text(), true, Display.SECRET);
  }

  Setting<T> shownAs(Display way) {
    return new Setting<>(name, kind, optional, way);
  }

  List<String> path() {
    return Arrays.asList(name.split("\\.", -1));
  }

  /** The value for a message, without any password. */
  String shown(Found found) {
    return switch (display) {
      case PLAIN -> found.shown();
      case ADDRESS -> RedisUri.masked(found.shown());
      case SECRET -> "***";
    };
  }

  /**
   * @throws Mismatch if the value does not fit
   */
  void check(Found found) {
    if (found.shape() != Found.Shape.NULL || !optional) {
      var unused = kind.parse(found);
    }
  }

  /** The checked value, or null where it is unset. */
  @Nullable T find(Layer layer) {
    Found found = layer.values().get(path());
    return found == null || found.shape() == Found.Shape.NULL ? null : kind.parse(found);
  }

  /** The checked value of a required setting. */
  T get(Layer layer) {
    T value = find(layer);
    if (value == null) {
      throw new IllegalStateException("setting '" + name + "' has no default in reference.conf");
    }
    return value;
  }
}
