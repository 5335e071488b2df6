// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code redis[s]://[[user]:password@]host[:port][/database]}, taken apart.
 *
 * <p>Not by {@link java.net.URI}: that finds no host in {@code redis://my_redis}, a name such as
 * container networks give.
 *
 * @param host a name or an address, IPv6 without its brackets
 */
record RedisUri(
    boolean tls,
    String host,
    int port,
    @Nullable String user,
    @Nullable String password,
    @Nullable Integer database) {

  static final String SYNTAX = "expected redis[s]://[[user]:password@]host[:port][/database]";

  private static final int DEFAULT_PORT = 6379;
  private static final Pattern PARTS =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z-]*)://((?<login>[^/]*)@)?"
              + "(?<host>[\\w.-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>\\d{1,9}))?(/(?<database>[^/]*))?");

  /**
   * @throws Mismatch saying what was expected, without the text itself: it may hold a password
   */
  static RedisUri parse(String text) {
    Matcher parts = PARTS.matcher(withoutParameters(text));
    if (!parts.matches()) {
      throw new Mismatch(SYNTAX);
    }
    boolean tls = isTls(parts.group("scheme"));
    String[] login = login(parts.group("login"));
    String host = parts.group("host").replaceAll("[\\[\\]]", "");
    int port = port(parts.group("port"));
    return new RedisUri(tls, host, port, login[0], login[1], database(parts.group("database")));
  }

  private static String withoutParameters(String text) {
    // behind the last '@', since a password may hold an unescaped '?'
    int address = text.lastIndexOf('@') + 1;
    if (text.indexOf('?', address) >= 0) {
      throw new Mismatch("expected no parameters after '?'; each has a setting of its own");
    }
    return text;
  }

  private static boolean isTls(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "redis" -> false;
      case "rediss" -> true;
      case "redis-sentinel", "redis-cluster" ->
          throw new Mismatch(
              "scheme is not supported by this version yet; use redis:// or rediss://");
      default -> throw new Mismatch(SYNTAX);
    };
  }

  private static @Nullable String[] login(@Nullable String login) {
    if (login == null) {
      return new @Nullable String[] {null, null};
    }
    int colon = login.indexOf(':');
    if (colon < 0 || colon == login.length() - 1) {
      throw new Mismatch("expected user:password or :password before '@'");
    }
    String user = colon == 0 ? null : decoded(login.substring(0, colon));
    return new @Nullable String[] {user, decoded(login.substring(colon + 1))};
  }

  private static String decoded(String text) {
    try {
      // URLDecoder is for forms, where '+' is a space; in a URI it is itself
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Mismatch("expected user and password with '%' written as %25");
    }
  }

  private static int port(@Nullable String digits) {
    int port = digits == null ? DEFAULT_PORT : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw new Mismatch("expected a port from 1 to 65535");
    }
    return port;
  }

  private static @Nullable Integer database(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return null;
    }
    if (!digits.matches("\\d{1,9}")) {
      throw new Mismatch("expected a database of 0 or more after '/'");
    }
    return Integer.valueOf(digits);
  }

  /** The same address without user, password and database. */
  String address() {
    String shownHost = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (tls ? "rediss://" : "redis://") + shownHost + ":" + port;
  }

  /** Any text that may be meant as a URI, with all that may be a password replaced. */
  static String masked(String text) {
    return text.replaceFirst("(?s)^([A-Za-z-]+://)?.*@", "$1***@")
        .replaceFirst("(?s)\\?.*", "?***");
  }

  @Override
  public String toString() {
    return address();
  }
}
