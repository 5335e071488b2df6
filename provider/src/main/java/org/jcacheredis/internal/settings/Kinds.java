// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The kinds of values that settings take. */
final class Kinds {
  static final String ETERNAL = "eternal";

  private static final Duration LONGEST_LIFETIME = Duration.ofDays(36_500);

  private Kinds() {}

  static Kind<String> text() {
    return found -> single(found, "one text");
  }

  /** A text that passes a test. */
  static Kind<String> text(String expected, Predicate<String> test) {
    return found -> {
      String text = single(found, expected);
      if (!test.test(text)) {
        throw new Mismatch("expected " + expected);
      }
      return text;
    };
  }

  static Kind<String> matching(String pattern, String expected) {
    return text(expected, Pattern.compile(pattern).asMatchPredicate());
  }

  static Kind<Boolean> flag() {
    return found ->
        switch (single(found, "true or false").toLowerCase(Locale.ROOT)) {
          case "true", "on", "yes" -> true;
          case "false", "off", "no" -> false;
          default -> throw new Mismatch("expected true or false");
        };
  }

  static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
    String expected = "one of " + names(type);
    return found -> {
      String text = single(found, expected).toUpperCase(Locale.ROOT).replace('-', '_');
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> constant.name().equals(text))
          .findFirst()
          .orElseThrow(() -> new Mismatch("expected " + expected));
    };
  }

  private static String names(Class<? extends Enum<?>> type) {
    return String.join(
        ", ",
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList());
  }

  static Kind<Integer> integer(int min, int max) {
    String expected = "a whole number from " + min + " to " + max;
    return found -> number(single(found, expected), min, max, expected);
  }

  static Kind<Integer> powerOfTwo(int max) {
    String expected = "a power of two from 1 to " + max + ", such as 64";
    return found -> {
      int number = number(single(found, expected), 1, max, expected);
      if (Integer.bitCount(number) != 1) {
        throw new Mismatch("expected " + expected);
      }
      return number;
    };
  }

  /** {@code 10%} or {@code 10}. */
  static Kind<Integer> percent() {
    String expected = "a percentage from 0 to 100, such as 10%";
    return found -> {
      String text = single(found, expected);
      String digits = text.endsWith("%") ? text.substring(0, text.length() - 1).trim() : text;
      return number(digits, 0, 100, expected);
    };
  }

  private static int number(String text, int min, int max, String expected) {
    try {
      int number = Integer.parseInt(text);
      if (min <= number && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // no number: the same complaint as for one out of range, below
    }
    throw new Mismatch("expected " + expected);
  }

  /** A number of bytes that fits an {@code int}. */
  static Kind<Integer> size(int max, String shownMax) {
    Kind<Long> size = longSize(0, max, shownMax);
    return found -> Math.toIntExact(size.parse(found));
  }

  static Kind<Long> longSize(long min, long max, String shownMax) {
    String expected = "a size from " + min + " to " + shownMax + ", such as 2KiB";
    return found -> {
      long bytes = Hocon.bytes(single(found, expected)).orElse(-1L);
      if (bytes < min || bytes > max) {
        throw new Mismatch("expected " + expected);
      }
      return bytes;
    };
  }

  /** A wait from {@code min} to one hour. */
  static Kind<Duration> duration(Duration min) {
    return duration(min, Duration.ofHours(1), "1h");
  }

  static Kind<Duration> duration(Duration min, Duration max, String shownMax) {
    String from = min.isZero() ? "0" : min.toMillis() + "ms";
    String expected = "a duration from " + from + " to " + shownMax + ", such as 2s";
    return found -> between(single(found, expected), min, max, expected);
  }

  /** A lifetime: {@link CacheSettings.Expiry#ETERNAL}, zero, or at least a millisecond. */
  static Kind<Duration> lifetime() {
    String expected = "a duration such as 10m, at most 36500d, or 0 or eternal";
    return found -> lifetime(single(found, expected), expected);
  }

  private static Duration lifetime(String text, String expected) {
    if (text.equalsIgnoreCase(ETERNAL)) {
      return CacheSettings.Expiry.ETERNAL;
    }
    Duration lifetime = between(text, Duration.ZERO, LONGEST_LIFETIME, expected);
    if (!lifetime.isZero() && lifetime.toMillis() == 0) {
      throw new Mismatch("expected " + expected);
    }
    return lifetime;
  }

  private static Duration between(String text, Duration min, Duration max, String expected) {
    return Hocon.duration(text)
        .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0)
        .orElseThrow(() -> new Mismatch("expected " + expected));
  }

  /** A list, or one text with commas between the items; each item passes the test. */
  static Kind<List<String>> listOf(String pattern, String expected) {
    Predicate<String> test = Pattern.compile(pattern).asMatchPredicate();
    return found -> {
      List<String> items = items(found, expected);
      if (!items.stream().allMatch(test)) {
        throw new Mismatch("expected " + expected);
      }
      return items;
    };
  }

  private static List<String> items(Found found, String expected) {
    return switch (found.shape()) {
      case LIST -> found.items();
      case TEXT -> {
        List<String> items = new ArrayList<>();
        for (String item : found.items().get(0).split(",", -1)) {
          items.add(item.trim());
        }
        // an empty text is the empty list
        yield items.equals(List.of("")) ? List.of() : items;
      }
      default -> throw new Mismatch("expected " + expected);
    };
  }

  static Kind<Path> readableFile() {
    return found -> {
      try {
        Path path = Path.of(single(found, "the path of a file"));
        if (Files.isRegularFile(path) && Files.isReadable(path)) {
          return path;
        }
      } catch (InvalidPathException e) {
        // not even a path: the same complaint as for an absent file, below
      }
      throw new Mismatch("expected a file that exists and can be read");
    };
  }

  private static String single(Found found, String expected) {
    if (found.shape() != Found.Shape.TEXT || found.items().get(0).isBlank()) {
      throw new Mismatch("expected " + expected);
    }
    return found.items().get(0).trim();
  }
}
