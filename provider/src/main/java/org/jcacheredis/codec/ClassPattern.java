// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

/**
 * One line of an allow-list: a class and its nested classes ({@code com.acme.Order}), a package and
 * below ({@code com.acme.*}), or the classes of one package with a common ending ({@code
 * java.io.*Exception}).
 */
record ClassPattern(String prefix, String suffix, Kind kind) {
  enum Kind {
    CLASS,
    BELOW,
    ENDING
  }

  /** The pattern a text means; everything before and after its star counts literally. */
  static ClassPattern of(String text) {
    int star = text.indexOf('*');
    if (star < 0) {
      return new ClassPattern(text, "", Kind.CLASS);
    }
    String suffix = text.substring(star + 1);
    return new ClassPattern(
        text.substring(0, star), suffix, suffix.isEmpty() ? Kind.BELOW : Kind.ENDING);
  }

  /** Whether a class name, not that of an array, falls under this pattern. */
  boolean matches(String name) {
    if (!name.startsWith(prefix)) {
      return false;
    }
    return switch (kind) {
      case CLASS -> name.length() == prefix.length() || name.charAt(prefix.length()) == '$';
      case BELOW -> true;
      case ENDING -> name.endsWith(suffix) && name.indexOf('.', prefix.length()) < 0;
    };
  }
}
