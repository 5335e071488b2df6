// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A key of each kind, made anew, so that only equality holds between those of two JVMs. */
final class TwoJvmKeys {

  /** A key of an application. */
  record Coordinates(String grid, int x, long y) implements Serializable {}

  /** A key of an application. */
  enum Direction {
    NORTH,
    SOUTH
  }

  private TwoJvmKeys() {}

  /** The keys by what they show. */
  static Map<String, Object> ofEachKind() {
    Map<String, Object> keys = new TreeMap<>();
    keys.put("string", new String("text \u00fc\u9375"));
    keys.put("integer", 1);
    keys.put("long", 1L);
    keys.put("boolean", true);
    keys.put("character", '1');
    keys.put("double", 0.1d);
    keys.put("decimal", new BigDecimal("12.50"));
    keys.put("uuid", UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
    keys.put("enum", Direction.SOUTH);
    keys.put("record", new Coordinates(new String("g"), 1, 2));
    keys.put("date", LocalDate.of(2020, 2, 29));
    keys.put("instant", Instant.parse("2020-02-29T12:00:00.123456789Z"));
    keys.put("array list", new ArrayList<>(List.of("a", 1, 2L)));
    keys.put("immutable list", List.of("a", "b", "c"));
    // their order of iteration differs between JVMs
    keys.put("immutable set", Set.of("a", "b", "c", "d", "e", "f", "g", "h"));
    keys.put("immutable map", Map.of("a", 1, "b", 2, "c", 3, "d", 4, "e", 5, "f", 6));
    keys.put("list of records", List.of(new Coordinates("g", 1, 2), new Coordinates("h", 3, 4)));
    keys.put("set of enums", Set.of(Direction.NORTH, Direction.SOUTH));
    return keys;
  }
}
