// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import java.io.Serializable;
import java.util.List;

/** A value as applications have them. */
public record Thing(String name, int size, List<String> parts) implements Serializable {
  public static Thing of(String name) {
    return new Thing(name, name.length(), List.of(name, name));
  }
}
