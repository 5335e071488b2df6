// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import java.io.Serializable;

/** There is one of it in each JVM, as of the markers that frameworks put in the place of null. */
public final class Lone implements Serializable {
  public static final Lone ONE = new Lone();

  private static final long serialVersionUID = 1L;

  private Lone() {}

  private Object readResolve() {
    return ONE;
  }
}
