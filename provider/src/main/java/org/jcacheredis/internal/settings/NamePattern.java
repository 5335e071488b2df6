// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.util.Comparator;
import java.util.regex.Pattern;

/** The name of a template: {@code *} stands for any characters, also none, also dots. */
record NamePattern(String text) {
  /** Less specific first: by the number of characters other than {@code *}, then by the text. */
  static final Comparator<NamePattern> BY_WEIGHT =
      Comparator.comparingInt(NamePattern::literals).thenComparing(NamePattern::text);

  private int literals() {
    return text.replace("*", "").length();
  }

  boolean matches(String name) {
    String[] literals = text.split("\\*", -1);
    StringBuilder expression = new StringBuilder(Pattern.quote(literals[0]));
    for (int i = 1; i < literals.length; i++) {
      expression.append("(?s:.*)").append(Pattern.quote(literals[i]));
    }
    return name.matches(expression.toString());
  }
}
