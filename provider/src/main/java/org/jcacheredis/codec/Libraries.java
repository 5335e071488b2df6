// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

/** Optional libraries, looked for where a setting asks for them. */
final class Libraries {
  private Libraries() {}

  /**
   * Passes if the class is there.
   *
   * @throws IllegalArgumentException naming the setting and the dependency that is missing
   */
  static void expect(String setting, String value, String className, String dependency) {
    try {
      Class.forName(className, false, Libraries.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException(
          "setting '%s' is '%s'; its library is not on the class path; add the dependency %s"
              .formatted(setting, value, dependency),
          e);
    }
  }
}
