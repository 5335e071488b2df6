// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The only way from a class name in stored bytes to a class: names are judged before anything is
 * loaded, and nothing is initialised by loading. Thread-safe.
 */
final class ClassGate {
  private static final List<ClassPattern> BUILT_IN = builtIn();
  private static final Set<String> PRIMITIVES =
      Set.of("int", "long", "short", "byte", "char", "double", "float", "boolean", "void");
  // a package pattern never opens these, so that opening a package is not opening its gadgets
  private static final List<ClassPattern> CLOSED =
      List.of(
          ClassPattern.of("javax.management.*"),
          ClassPattern.of("javax.naming.*"),
          ClassPattern.of("javax.script.*"),
          ClassPattern.of("javax.swing.*"),
          ClassPattern.of("java.rmi.*"),
          ClassPattern.of("java.lang.reflect.*"),
          ClassPattern.of("sun.*"),
          ClassPattern.of("jdk.*"),
          ClassPattern.of("com.sun.*"),
          ClassPattern.of("org.apache.xalan.*"),
          ClassPattern.of("org.apache.commons.collections.functors.*"),
          ClassPattern.of("org.apache.commons.collections4.functors.*"),
          ClassPattern.of("org.codehaus.groovy.runtime.*"));
  private static final Set<String> PLATFORM = Set.of("java", "javax", "jdk", "sun");
  private static final Set<String> TOP_LEVEL =
      Set.of("com", "org", "net", "io", "edu", "gov", "de");

  private final List<ClassPattern> patterns = new ArrayList<>(BUILT_IN);
  private final ClassLoader loader;
  private final Map<String, Class<?>> loaded = new ConcurrentHashMap<>();
  private final Map<Class<?>, Boolean> allowedClasses = new ConcurrentHashMap<>();

  /**
   * @throws IllegalArgumentException if a pattern is empty or would allow every class
   */
  ClassGate(List<String> allow, Class<?> keyType, Class<?> valueType, ClassLoader loader) {
    this.loader = loader;
    for (String pattern : allow) {
      patterns.add(userPattern(pattern.strip()));
    }
    declare(keyType);
    declare(valueType);
  }

  private static ClassPattern userPattern(String text) {
    if (text.isEmpty() || text.startsWith("*")) {
      throw new IllegalArgumentException(
          "setting 'codec.allow' has '%s'; stored bytes could become any class; name classes or packages such as com.acme.*"
              .formatted(text));
    }
    return ClassPattern.of(text);
  }

  private void declare(Class<?> declared) {
    Class<?> type = component(declared);
    if (type == Object.class || type.isPrimitive()) {
      return;
    }
    patterns.add(ClassPattern.of(type.getName()));
    String packageName = type.getPackageName();
    String top = packageName.split("\\.", 2)[0];
    if (!PLATFORM.contains(top) && !packageName.isEmpty() && !TOP_LEVEL.contains(packageName)) {
      patterns.add(ClassPattern.of(packageName + ".*"));
    }
  }

  /** Passes an allowed class, of arrays the component's. */
  void check(Class<?> type) {
    if (!allows(type)) {
      throw refused(component(type).getName());
    }
  }

  /** Whether bytes may become this class. */
  boolean allows(Class<?> type) {
    Boolean known = allowedClasses.get(type);
    if (known == null) {
      known = allowsName(component(type).getName());
      if (known) {
        allowedClasses.put(type, known);
      }
    }
    return known;
  }

  /**
   * The class of a name in stored bytes, not initialised; from the cache's loader, then the
   * thread's context loader.
   *
   * @throws CodecException if the name is not allowed (then nothing was loaded) or not found
   */
  Class<?> load(String name) {
    Class<?> known = loaded.get(name);
    return known == null ? loadAllowed(name) : known;
  }

  private Class<?> loadAllowed(String name) {
    String component = componentName(name);
    if (!allowsName(component)) {
      throw refused(component);
    }
    Class<?> found = find(name, loader);
    if (found != null) {
      loaded.put(name, found); // existing classes alone: hostile bytes may hold any name
      return found;
    }
    found = find(name, Thread.currentThread().getContextClassLoader());
    if (found == null) {
      throw new CodecException(
          "class %s is not found by the cache's class loader; give the cache manager a loader that knows it"
              .formatted(printable(name)));
    }
    return found;
  }

  private static @Nullable Class<?> find(String name, @Nullable ClassLoader from) {
    try {
      return Class.forName(name, false, from);
    } catch (ClassNotFoundException | LinkageError e) {
      return null; // the next loader may know it; if none does, load() says so
    }
  }

  private boolean allowsName(String name) {
    if (PRIMITIVES.contains(name)) {
      return true;
    }
    boolean closed = matches(CLOSED, name);
    for (ClassPattern pattern : patterns) {
      if (pattern.matches(name) && (!closed || pattern.kind() == ClassPattern.Kind.CLASS)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(List<ClassPattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }

  static CodecException refused(String name) {
    return new CodecException(
        "class %s is not allowed; declare it with setTypes or add it to codec.allow"
            .formatted(printable(name)));
  }

  /** A name from stored bytes as a message may show it: short, and without control characters. */
  private static String printable(String name) {
    String shown = name.length() > 200 ? name.substring(0, 200) + "..." : name;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }

  private static Class<?> component(Class<?> type) {
    Class<?> result = type;
    while (result.isArray()) {
      result = Objects.requireNonNull(result.getComponentType());
    }
    return result;
  }

  private static String componentName(String name) {
    int depth = 0;
    while (depth < name.length() && name.charAt(depth) == '[') {
      depth++;
    }
    if (depth == 0) {
      return name;
    }
    if (name.startsWith("L", depth) && name.endsWith(";")) {
      return name.substring(depth + 1, name.length() - 1);
    }
    return name.length() == depth + 1 ? "int" : name; // a primitive's letter: any primitive will do
  }

  private static List<ClassPattern> builtIn() {
    try (InputStream in = ClassGate.class.getResourceAsStream("allowed-classes.txt")) {
      InputStream list = Objects.requireNonNull(in, "allowed-classes.txt is missing from the jar");
      return new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> ClassPattern.of(line.strip()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
