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
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The types that are stored as readable text: equal values have equal texts, unequal ones unequal
 * texts, on every JDK. The marks are part of the data in Redis: they never change.
 */
enum Scalar {
  STRING('s', String.class, text -> text),
  INTEGER('i', Integer.class, Integer::valueOf),
  LONG('l', Long.class, Long::valueOf),
  SHORT('h', Short.class, Short::valueOf),
  BYTE('y', Byte.class, Byte::valueOf),
  DOUBLE('d', Double.class, Double::valueOf, value -> DecimalText.of((Double) value)),
  FLOAT('f', Float.class, Float::valueOf, value -> DecimalText.of((Float) value)),
  BOOLEAN('z', Boolean.class, ScalarText::parseBoolean),
  CHARACTER(
      'c', Character.class, ScalarText::parseCharacter, c -> ScalarText.character((Character) c)),
  UUID_('u', UUID.class, UUID::fromString),
  BIG_INTEGER('n', BigInteger.class, BigInteger::new),
  BIG_DECIMAL('m', BigDecimal.class, BigDecimal::new),
  DATE(
      't',
      Date.class,
      text -> new Date(Instant.parse(text).toEpochMilli()),
      date -> Instant.ofEpochMilli(((Date) date).getTime()).toString()),
  URI_('r', URI.class, URI::create, uri -> ScalarText.uri((URI) uri)),
  CURRENCY('C', Currency.class, Currency::getInstance),
  INSTANT('I', Instant.class, Instant::parse),
  LOCAL_DATE('D', LocalDate.class, LocalDate::parse),
  LOCAL_TIME('T', LocalTime.class, LocalTime::parse),
  LOCAL_DATE_TIME('L', LocalDateTime.class, LocalDateTime::parse),
  OFFSET_DATE_TIME('O', OffsetDateTime.class, OffsetDateTime::parse),
  OFFSET_TIME('x', OffsetTime.class, OffsetTime::parse),
  ZONED_DATE_TIME('Z', ZonedDateTime.class, ZonedDateTime::parse),
  ZONE_OFFSET('o', ZoneOffset.class, ZoneOffset::of),
  ZONE_REGION('g', ZoneId.of("Europe/Paris").getClass(), ZoneId::of),
  DURATION('P', Duration.class, Duration::parse),
  PERIOD('Q', Period.class, Period::parse),
  YEAR('Y', Year.class, text -> Year.of(Integer.parseInt(text))),
  YEAR_MONTH('M', YearMonth.class, ScalarText::parseYearMonth),
  MONTH_DAY('H', MonthDay.class, MonthDay::parse);

  private static final Map<Class<?>, Scalar> BY_TYPE = new HashMap<>();
  private static final Map<Character, Scalar> BY_MARK = new HashMap<>();

  static {
    for (Scalar scalar : values()) {
      BY_TYPE.put(scalar.type, scalar);
      if (BY_MARK.put(scalar.mark, scalar) != null) {
        throw new AssertionError("mark " + scalar.mark + " is used twice");
      }
    }
  }

  final char mark;
  final Class<?> type;
  private final Function<String, Object> parser;
  private final Function<Object, String> printer;

  Scalar(char mark, Class<?> type, Function<String, Object> parser) {
    this(mark, type, parser, Object::toString);
  }

  Scalar(
      char mark, Class<?> type, Function<String, Object> parser, Function<Object, String> printer) {
    this.mark = mark;
    this.type = type;
    this.parser = parser;
    this.printer = printer;
  }

  /** The scalar of exactly this class. */
  static @Nullable Scalar of(Class<?> type) {
    return BY_TYPE.get(type);
  }

  static @Nullable Scalar ofMark(char mark) {
    return BY_MARK.get(mark);
  }

  /** The one text of a value of this type. */
  String print(Object value) {
    return printer.apply(value);
  }

  /**
   * @throws CodecException if the text makes no value of this type
   */
  Object parse(String text) {
    try {
      return parser.apply(text);
    } catch (RuntimeException e) {
      // without the cause, whose message holds the text
      throw new CodecException(
          "%d characters make no %s; something else wrote them, or they are damaged"
              .formatted(text.length(), type.getName()));
    }
  }
}
