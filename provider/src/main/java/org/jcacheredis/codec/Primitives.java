// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.Map;

/** The classes that {@code Class.forName} does not know by name. */
final class Primitives {
  private static final Map<String, Class<?>> BY_NAME =
      Map.of(
          "int", int.class,
          "long", long.class,
          "short", short.class,
          "byte", byte.class,
          "char", char.class,
          "double", double.class,
          "float", float.class,
          "boolean", boolean.class);

  private Primitives() {}

  /** The primitive of this name, else the class the gate lets pass. */
  static Class<?> load(ClassGate gate, String name) {
    Class<?> primitive = BY_NAME.get(name);
    return primitive != null ? primitive : gate.load(name);
  }
}
