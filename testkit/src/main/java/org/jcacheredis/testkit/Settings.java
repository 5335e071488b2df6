// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import org.jspecify.annotations.Nullable;

/** What the caller of the build chose, by system property or environment variable. */
final class Settings {
  private Settings() {}

  /** The property, else the variable; null when neither is set or the value is blank. */
  static @Nullable String find(String property, String variable) {
    @Nullable String value = System.getProperty(property);
    if (value == null || value.isBlank()) {
      value = System.getenv(variable);
    }
    return value == null || value.isBlank() ? null : value;
  }
}
