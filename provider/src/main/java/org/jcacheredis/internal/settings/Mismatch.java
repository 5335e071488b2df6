// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

/** A value is not what its setting expects; the message is the part that begins "expected". */
final class Mismatch extends IllegalArgumentException {
  private final String expected;

  Mismatch(String expected) {
    super(expected);
    this.expected = expected;
  }

  String expected() {
    return expected;
  }
}
