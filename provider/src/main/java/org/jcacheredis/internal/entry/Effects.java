// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import static javax.cache.event.EventType.CREATED;
import static javax.cache.event.EventType.EXPIRED;
import static javax.cache.event.EventType.REMOVED;
import static javax.cache.event.EventType.UPDATED;
import static org.jcacheredis.internal.entry.Effect.Counter.HIT;
import static org.jcacheredis.internal.entry.Effect.Counter.MISS;
import static org.jcacheredis.internal.entry.Effect.Counter.PUT;
import static org.jcacheredis.internal.entry.Effect.Counter.REMOVAL;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.event.EventType;
import org.jcacheredis.internal.entry.Effect.Counter;
import org.jcacheredis.internal.entry.Effect.Lifetime;

/**
 * The specification as a table: operation and outcome to statistics, events, lifetime and writer
 * call. Whoever wants to know what follows from a change looks here, and nowhere else. Printed into
 * {@code docs/semantics.md}; a test compares the two.
 */
public final class Effects {
  /** When a write-through cache calls its writer. */
  public enum Writer {
    NEVER,
    /** {@code write}, before a value is stored. */
    WRITE,
    /** {@code delete}, before an entry that is there is removed. */
    DELETE,
    /** {@code delete}, whether or not the cache has the entry. */
    DELETE_ALWAYS
  }

  private static final Map<Operation, Row> TABLE = new EnumMap<>(Operation.class);

  private Effects() {}

  /** A row of the table: one operation. */
  private record Row(Writer writer, Map<Outcome.Kind, Effect> effects) {
    static Row of(Writer writer) {
      return new Row(writer, new EnumMap<>(Outcome.Kind.class));
    }

    Row on(Outcome.Kind outcome, Set<Counter> counters, Lifetime lifetime, EventType... events) {
      effects.put(outcome, new Effect(counters, List.of(events), lifetime));
      return this;
    }
  }

  static {
    for (Operation read : List.of(Operation.GET, Operation.ITERATE)) {
      TABLE.put(
          read,
          Row.of(Writer.NEVER)
              .on(Outcome.Kind.FOUND, EnumSet.of(HIT), Lifetime.ACCESS)
              .on(Outcome.Kind.EXPIRED, EnumSet.of(HIT), Lifetime.ACCESS, EXPIRED)
              .on(Outcome.Kind.ABSENT, EnumSet.of(MISS), Lifetime.NONE));
    }
    TABLE.put(Operation.PUT, storing(EnumSet.of(PUT), EnumSet.of(PUT), none()));
    TABLE.put(
        Operation.GET_AND_PUT,
        storing(EnumSet.of(MISS, PUT), EnumSet.of(HIT, PUT), EnumSet.of(MISS)));
    TABLE.put(
        Operation.PUT_IF_ABSENT,
        Row.of(Writer.WRITE)
            .on(Outcome.Kind.CREATED, EnumSet.of(MISS, PUT), Lifetime.CREATION, CREATED)
            .on(Outcome.Kind.NOT_STORED, EnumSet.of(MISS), Lifetime.CREATION)
            .on(Outcome.Kind.REFUSED, EnumSet.of(HIT), Lifetime.NONE));
    TABLE.put(Operation.REPLACE, replacing());
    TABLE.put(Operation.GET_AND_REPLACE, replacing());
    TABLE.put(
        Operation.REPLACE_IF_EQUAL,
        replacing().on(Outcome.Kind.REFUSED, EnumSet.of(HIT), Lifetime.ACCESS));
    TABLE.put(Operation.REMOVE, removing(Writer.DELETE_ALWAYS, EnumSet.of(REMOVAL), none()));
    TABLE.put(
        Operation.REMOVE_IF_EQUAL,
        removing(Writer.DELETE, EnumSet.of(HIT, REMOVAL), EnumSet.of(MISS))
            .on(Outcome.Kind.REFUSED, EnumSet.of(HIT), Lifetime.ACCESS));
    TABLE.put(
        Operation.GET_AND_REMOVE,
        removing(Writer.DELETE_ALWAYS, EnumSet.of(HIT, REMOVAL), EnumSet.of(MISS)));
    TABLE.put(Operation.REMOVE_ALL, removing(Writer.DELETE_ALWAYS, EnumSet.of(REMOVAL), none()));
    TABLE.put(
        Operation.ITERATOR_REMOVE, removing(Writer.DELETE_ALWAYS, EnumSet.of(REMOVAL), none()));
    TABLE.put(
        Operation.LOAD,
        storing(Writer.NEVER, none(), none(), none())
            .on(Outcome.Kind.REFUSED, none(), Lifetime.NONE));
    TABLE.put(
        Operation.INVOKE,
        Row.of(Writer.NEVER)
            .on(Outcome.Kind.FOUND, EnumSet.of(HIT), Lifetime.ACCESS)
            .on(Outcome.Kind.EXPIRED, EnumSet.of(HIT), Lifetime.ACCESS, EXPIRED)
            .on(Outcome.Kind.ABSENT, EnumSet.of(MISS), Lifetime.NONE));
    TABLE.put(Operation.INVOKE_STORE, storing(EnumSet.of(PUT), EnumSet.of(PUT), none()));
    TABLE.put(Operation.INVOKE_REMOVE, removing(Writer.DELETE_ALWAYS, EnumSet.of(REMOVAL), none()));
  }

  /**
   * What follows from {@code operation} with {@code outcome}.
   *
   * @throws IllegalStateException if the operation cannot end so
   */
  public static Effect of(Operation operation, Outcome.Kind outcome) {
    Effect effect = row(operation).effects.get(outcome);
    if (effect == null) {
      throw new IllegalStateException(operation + " cannot end as " + outcome);
    }
    return effect;
  }

  /** Which writer call belongs to {@code operation}. */
  public static Writer writer(Operation operation) {
    return row(operation).writer;
  }

  /** The outcomes that {@code operation} can have. */
  public static Set<Outcome.Kind> outcomes(Operation operation) {
    return row(operation).effects.keySet();
  }

  private static Row row(Operation operation) {
    Row row = TABLE.get(operation);
    if (row == null) {
      throw new IllegalStateException(operation + " has no row");
    }
    return row;
  }

  private static Row storing(Set<Counter> created, Set<Counter> updated, Set<Counter> notStored) {
    return storing(Writer.WRITE, created, updated, notStored);
  }

  private static Row storing(
      Writer writer, Set<Counter> created, Set<Counter> updated, Set<Counter> notStored) {
    return Row.of(writer)
        .on(Outcome.Kind.CREATED, created, Lifetime.CREATION, CREATED)
        .on(Outcome.Kind.UPDATED, updated, Lifetime.UPDATE, UPDATED)
        .on(Outcome.Kind.STORED, updated, Lifetime.UPDATE)
        .on(Outcome.Kind.NOT_STORED, notStored, Lifetime.CREATION)
        .on(Outcome.Kind.EXPIRED, updated, Lifetime.UPDATE, UPDATED, EXPIRED);
  }

  private static Row replacing() {
    return Row.of(Writer.WRITE)
        .on(Outcome.Kind.UPDATED, EnumSet.of(HIT, PUT), Lifetime.UPDATE, UPDATED)
        .on(Outcome.Kind.EXPIRED, EnumSet.of(HIT, PUT), Lifetime.UPDATE, UPDATED, EXPIRED)
        .on(Outcome.Kind.ABSENT, EnumSet.of(MISS), Lifetime.NONE);
  }

  private static Row removing(Writer writer, Set<Counter> removed, Set<Counter> absent) {
    return Row.of(writer)
        .on(Outcome.Kind.REMOVED, removed, Lifetime.NONE, REMOVED)
        .on(Outcome.Kind.ABSENT, absent, Lifetime.NONE);
  }

  private static Set<Counter> none() {
    return EnumSet.noneOf(Counter.class);
  }
}
