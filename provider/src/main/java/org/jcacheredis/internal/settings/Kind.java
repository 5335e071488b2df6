// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

/** How the value of a setting is read and checked. */
@FunctionalInterface
interface Kind<T> {
  /**
   * @throws Mismatch if the value is of another kind or out of range
   */
  T parse(Found found);
}
