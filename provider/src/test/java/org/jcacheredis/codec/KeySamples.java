// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jcacheredis.codec.Samples.Child;
import org.jcacheredis.codec.Samples.Color;
import org.jcacheredis.codec.Samples.EagerHashKey;
import org.jcacheredis.codec.Samples.FileKey;
import org.jcacheredis.codec.Samples.LazyHashKey;
import org.jcacheredis.codec.Samples.Order;
import org.jcacheredis.codec.Samples.Person;
import org.jcacheredis.codec.Samples.Point;
import org.jcacheredis.codec.Samples.ReadObjectKey;

/** One key of each kind; as a program, prints their bytes, so that JVMs can be compared. */
final class KeySamples {
  private KeySamples() {}

  public static void main(String[] arguments) {
    EntryCodec codec = Codecs.kryo();
    for (Object key : all()) {
      System.out.println(HexFormat.of().formatHex(codec.encodeKey(key)));
    }
  }

  static List<Object> all() {
    List<Object> keys = new java.util.ArrayList<>(scalars());
    keys.addAll(composites());
    return keys;
  }

  static List<Object> scalars() {
    return List.of(
        "",
        "42",
        "a:b{c}\u0000",
        "h\u00e9\uD83D\uDE00",
        42,
        42L,
        (short) 42,
        (byte) 42,
        42.0,
        42f,
        0.0,
        -0.0,
        Double.NaN,
        2e-3,
        5.684341886080802E-14,
        1e300,
        Double.MIN_VALUE,
        0.1f,
        3.4e38f,
        true,
        'c',
        '\uD800',
        UUID.fromString("00000000-0000-0001-0000-000000000002"),
        new BigInteger("-9223372036854775809"),
        new BigDecimal("1.0"),
        new BigDecimal("1.00"),
        new BigDecimal("1E+5"),
        new Date(0),
        new Date(1234567890123L),
        new Date(Long.MAX_VALUE),
        URI.create("http://example.org/a%2Fb?q#f"),
        URI.create("mailto:a@b"),
        Currency.getInstance("EUR"),
        Instant.EPOCH,
        Instant.MAX,
        LocalDate.of(2026, 1, 2),
        LocalDate.MAX,
        LocalTime.NOON,
        LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6),
        OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(2)),
        OffsetTime.of(1, 2, 3, 4, ZoneOffset.UTC),
        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Paris")),
        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Paris"))
            .withLaterOffsetAtOverlap(),
        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneOffset.UTC),
        ZoneOffset.ofHours(-3),
        ZoneId.of("Europe/Paris"),
        Duration.ofMillis(-1501),
        Period.ofMonths(14),
        Period.of(1, 2, 0),
        Year.of(12345),
        YearMonth.of(12345, 6),
        YearMonth.of(-5, 12),
        MonthDay.of(2, 29),
        Color.RED,
        Color.GREEN);
  }

  static List<Object> composites() {
    return List.of(
        List.of("a", 1, 2L),
        Set.of("a", "b", "c", 1, 2L),
        Map.of("k", 1, "l", 2, "m", 3),
        Samples.nested(),
        Arrays.asList("x", null),
        new Point(1, 2),
        new Person("p", List.of("t"), Color.GREEN, new Point(3, 4)),
        new Order("o-1", 995),
        new Child(),
        new EagerHashKey(new Object[] {"a", Color.RED, new int[] {1, 2}}),
        new EagerHashKey(new Object[0]),
        new LazyHashKey(Color.RED, 0),
        new ReadObjectKey("a", Color.GREEN),
        new FileKey(0),
        new FileKey(7),
        new int[] {1, -2},
        new byte[] {1, 2},
        new Object[] {"a", 'c', null},
        new String[][] {{"a"}, {}},
        Optional.of("x"),
        new AbstractMap.SimpleEntry<>("k", "v"),
        Locale.GERMANY,
        BitSet.valueOf(new long[] {5}),
        new java.sql.Timestamp(1234));
  }
}
