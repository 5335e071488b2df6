// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts where the JDK's own are not one to one, and UTF-8 that never replaces a character. */
final class ScalarText {
  private static final Pattern ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");

  // up to this, looking at each byte takes no longer than making a copy to compare
  private static final int LOOKED_AT = 256;

  // above this a copy of the text costs more memory than it saves time
  private static final int COMPARED_WHOLE = 1 << 20;

  private ScalarText() {}

  /** The UTF-8 bytes, or null if the string holds half a surrogate pair, which UTF-8 cannot say. */
  static byte @Nullable [] utf8OrNull(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LOOKED_AT && !contains(bytes, '?')) {
      return bytes; // half a pair would have become '?'
    }
    if (bytes.length == text.length() && bytes.length < COMPARED_WHOLE) {
      // one byte each: ASCII, or halves that became '?'; comparing is far faster than looking
      return text.equals(new String(bytes, StandardCharsets.ISO_8859_1)) ? bytes : null;
    }
    return hasHalfPair(text) ? null : bytes;
  }

  private static boolean contains(byte[] bytes, char wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasHalfPair(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /**
   * @throws CodecException if the bytes are not UTF-8
   */
  static String string(byte[] bytes, int offset) {
    int length = bytes.length - offset;
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0 && !isUtf8(bytes, offset)) {
      throw new CodecException(
          "%d bytes are not UTF-8; something else wrote them, or they are damaged"
              .formatted(length));
    }
    return text;
  }

  private static boolean isUtf8(byte[] bytes, int offset) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, offset, bytes.length - offset));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  static Object parseBoolean(String text) {
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new IllegalArgumentException();
    };
  }

  /** The character itself; half a surrogate pair as its number, as in {@code U+D800}. */
  static String character(Character c) {
    return Character.isSurrogate(c) ? "U+%04X".formatted((int) c) : c.toString();
  }

  static Object parseCharacter(String text) {
    if (text.length() == 1) {
      return text.charAt(0);
    }
    if (text.length() != 6 || !text.startsWith("U+")) {
      throw new IllegalArgumentException();
    }
    return (char) Integer.parseInt(text.substring(2), 16);
  }

  static Object parseYearMonth(String text) {
    int dash = text.lastIndexOf('-');
    return YearMonth.of(
        Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
  }

  /** Scheme and host in lower case, escapes in upper case: equal URIs may differ in these. */
  static String uri(URI uri) {
    StringBuilder text = new StringBuilder();
    if (uri.getScheme() != null) {
      text.append(uri.getScheme().toLowerCase(Locale.ROOT)).append(':');
    }
    if (uri.isOpaque()) {
      text.append(uri.getRawSchemeSpecificPart());
    } else {
      appendHierarchy(text, uri);
    }
    if (uri.getRawFragment() != null) {
      text.append('#').append(uri.getRawFragment());
    }
    return ESCAPE.matcher(text).replaceAll(match -> match.group().toUpperCase(Locale.ROOT));
  }

  private static void appendHierarchy(StringBuilder text, URI uri) {
    if (uri.getHost() != null) {
      String user = uri.getRawUserInfo();
      text.append("//").append(user == null ? "" : user + "@");
      text.append(uri.getHost().toLowerCase(Locale.ROOT));
      text.append(uri.getPort() < 0 ? "" : ":" + uri.getPort());
    } else if (uri.getRawAuthority() != null) {
      text.append("//").append(uri.getRawAuthority());
    }
    text.append(uri.getRawPath());
    if (uri.getRawQuery() != null) {
      text.append('?').append(uri.getRawQuery());
    }
  }
}
