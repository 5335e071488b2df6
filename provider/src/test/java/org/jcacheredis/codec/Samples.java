// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.io.Externalizable;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** Classes of many kinds that keys and values may be. */
final class Samples {
  private Samples() {}

  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "verde";
      }
    }
  }

  record Point(int x, int y) {}

  record Person(String name, List<String> tags, Color color, Point at) {}

  record Ordered(java.util.TreeSet<String> names, Map<String, Integer> counts) {}

  /** Final fields, no constructor without arguments, not serializable. */
  static final class Order {
    private final String id;
    private final long cents;
    Object link = "";

    Order(String id, long cents) {
      this.id = id;
      this.cents = cents;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Order other && id.equals(other.id) && cents == other.cents;
    }

    @Override
    public int hashCode() {
      return Objects.hash(id, cents);
    }
  }

  static class Parent {
    int number = 1;
    String name = "parent";

    @Override
    public boolean equals(Object o) {
      return o instanceof Parent p && number == p.number && name.equals(p.name);
    }

    @Override
    public int hashCode() {
      return number;
    }
  }

  static final class Child extends Parent {
    final String name = "child".substring(0, 2);

    @Override
    public boolean equals(Object o) {
      return super.equals(o) && o instanceof Child c && name.equals(c.name);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }
  }

  /** As the JSR-107 annotations' and Spring's keys do: a hash code kept, here of an enum too. */
  static final class EagerHashKey implements Serializable {
    private final Object[] parameters;
    private final int hashCode;

    EagerHashKey(Object[] parameters) {
      this.parameters = parameters;
      this.hashCode = Arrays.deepHashCode(parameters);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof EagerHashKey other
          && hashCode == other.hashCode
          && Arrays.deepEquals(parameters, other.parameters);
    }

    @Override
    public int hashCode() {
      return hashCode;
    }
  }

  static final class LazyHashKey {
    private final Color color;
    private int hash;

    LazyHashKey(Color color, int ignored) {
      this.color = color;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof LazyHashKey other && color == other.color;
    }

    @Override
    public int hashCode() {
      if (hash == 0) {
        hash = color.hashCode();
      }
      return hash;
    }
  }

  /** The hash in a transient field, computed by readObject. */
  static final class ReadObjectKey implements Serializable {
    private final List<Object> parts;
    private transient int hashCode;

    ReadObjectKey(Object... parts) {
      this.parts = Arrays.asList(parts);
      this.hashCode = this.parts.hashCode();
    }

    private void readObject(ObjectInputStream in) throws Exception {
      in.defaultReadObject();
      hashCode = parts.hashCode();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof ReadObjectKey other && parts.equals(other.parts);
    }

    @Override
    public int hashCode() {
      return hashCode;
    }
  }

  /** A field named hash that is no cache but the key itself. */
  static final class FileKey {
    final int hash;

    FileKey(int hash) {
      this.hash = hash;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof FileKey other && hash == other.hash;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** A field named hash that is data: by default that of the path, but any other may be given. */
  static final class ChecksumKey {
    final String path;
    final int hash;

    ChecksumKey(String path) {
      this(path, path.hashCode());
    }

    ChecksumKey(String path, int hash) {
      this.path = path;
      this.hash = hash;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof ChecksumKey other && path.equals(other.path) && hash == other.hash;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  static final class IdentityKey {
    String name = "x";
  }

  static final class Singleton implements Serializable {
    static final Singleton INSTANCE = new Singleton();

    private Object readResolve() {
      return INSTANCE;
    }
  }

  public static final class External implements Externalizable {
    String text = "";

    public External() {}

    @Override
    public void writeExternal(ObjectOutput out) throws java.io.IOException {
      out.writeUTF(text);
    }

    @Override
    public void readExternal(ObjectInput in) throws java.io.IOException {
      text = in.readUTF();
    }
  }

  /** Tells whether anybody initialised it. */
  static final class Loud implements Serializable {
    static {
      System.setProperty("org.jcacheredis.codec.loud", "initialised");
    }
  }

  interface Text extends Supplier<String>, Serializable {}

  static Text lambda(String text) {
    return () -> text + "!";
  }

  static Map<String, Set<Integer>> nested() {
    return Map.of("a", Set.of(1, 2, 3), "b", Set.of(), "c", Set.of(7, 5));
  }
}
