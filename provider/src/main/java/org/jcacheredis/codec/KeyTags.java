// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

/**
 * The marks in stored keys besides those of {@link Scalar}. They are part of the data in Redis:
 * they never change, and a number is never used again.
 */
final class KeyTags {
  /** Leads a whole key in binary form; no scalar has this mark. */
  static final char BINARY = 'B';

  /** Leads the text of an enum constant. */
  static final char ENUM = 'e';

  static final int NULL = 0;
  static final int LIST = 1;
  static final int SET = 2;
  static final int MAP = 3;
  static final int ARRAY = 4;
  static final int RECORD = 5;
  static final int OBJECT = 6;
  static final int JDK = 7;
  static final int ENTRY = 8;
  static final int OPTIONAL = 9;

  private KeyTags() {}
}
