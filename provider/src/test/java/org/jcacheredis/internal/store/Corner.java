// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Script;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Mutation.Guard;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.testkit.RedisProbe;

/** A mutation in one of all circumstances. Values hold NUL bytes and differ only behind one. */
record Corner(Mutation mutation, Lifetimes lifetimes, Presence presence) {
  static final long BEFORE = 30_000;
  static final long CREATION = 60_000;
  static final long UPDATE = 90_000;
  static final byte[] OLD = {0, 'v', 0, -1, '\r', '\n', 0, 1};
  static final byte[] OTHER = {0, 'v', 0, -1, '\r', '\n', 0, 2};
  static final byte[] NEW = {'n', 0, 0, -128, 127};

  private static final Script APPLY = Program.load("apply").keys().plain();

  /** What is in the server beforehand. */
  enum Presence {
    ABSENT,
    ETERNAL,
    TIMED;

    /** Brings the key into this state. */
    void prepare(RedisProbe probe, byte[] key) {
      probe.del(key);
      if (this != ABSENT) {
        probe.set(key, OLD);
      }
      if (this == TIMED) {
        probe.commandBytes("PEXPIRE".getBytes(UTF_8), key, Long.toString(BEFORE).getBytes(UTF_8));
      }
    }

    boolean isThere() {
      return this != ABSENT;
    }
  }

  static Stream<Corner> all() {
    return mutations()
        .flatMap(mutation -> Stream.of(mutation, mutation.returningPrevious()))
        .flatMap(
            mutation ->
                lifetimeCases(mutation)
                    .flatMap(
                        lifetimes ->
                            Arrays.stream(Presence.values())
                                .map(presence -> new Corner(mutation, lifetimes, presence))));
  }

  private static Stream<Mutation> mutations() {
    Stream<Mutation> guarded =
        Stream.of(Mutation.store(NEW), Mutation.remove(), Mutation.expire(), Mutation.discard())
            .flatMap(
                plain ->
                    Stream.of(
                        plain,
                        plain.ifAbsent(),
                        plain.ifPresent(),
                        plain.ifEqual(OLD),
                        plain.ifEqual(OTHER)));
    return Stream.concat(guarded, Stream.of(Mutation.touch()));
  }

  private static Stream<Lifetimes> lifetimeCases(Mutation mutation) {
    if (mutation.kind() == Mutation.Kind.TOUCH) {
      return LongStream.of(Lifetimes.ETERNAL, UPDATE)
          .mapToObj(access -> new Lifetimes(Lifetimes.ZERO, Lifetimes.ZERO, access));
    }
    if (!mutation.isStore()) {
      return Stream.of(Lifetimes.of(Lifetimes.ZERO));
    }
    return LongStream.of(Lifetimes.ZERO, Lifetimes.ETERNAL, CREATION)
        .boxed()
        .flatMap(
            creation ->
                LongStream.of(
                        Lifetimes.ZERO,
                        Lifetimes.ETERNAL,
                        Lifetimes.UNCHANGED,
                        creation > 0 ? creation : UPDATE,
                        UPDATE)
                    .distinct()
                    .mapToObj(update -> new Lifetimes(creation, update, Lifetimes.UNCHANGED)));
  }

  /** The mutation as a call of apply.lua, with nobody listening. */
  Command scripted(byte[] entry) {
    return arguments(Command.of(APPLY, entry));
  }

  /** Adds what apply.lua has to be told. */
  Command arguments(Command command) {
    boolean touches = mutation.kind() == Mutation.Kind.TOUCH;
    command
        .with(mutation.kind().name().toLowerCase(Locale.ROOT))
        .with(guard())
        .with(mutation.wantsPrevious() ? "wanted" : "ignored")
        .with(lifetimes.onCreation())
        .with(touches ? lifetimes.onAccess() : lifetimes.onUpdate())
        .with(mutation.isStore() ? mutation.newValue() : new byte[0]);
    return mutation.guard() == Guard.IF_EQUAL ? command.with(mutation.expectedValue()) : command;
  }

  /** What apply.lua has to answer. */
  Outcome.Kind outcome() {
    if (!presence.isThere()) {
      return outcomeOnNothing();
    }
    if (mutation.guard() == Guard.IF_ABSENT || isGuardedByOther()) {
      return Outcome.Kind.REFUSED;
    }
    return switch (mutation.kind()) {
      case STORE ->
          lifetimes.onUpdate() == Lifetimes.ZERO ? Outcome.Kind.EXPIRED : Outcome.Kind.UPDATED;
      case REMOVE, DISCARD -> Outcome.Kind.REMOVED;
      case EXPIRE -> Outcome.Kind.EXPIRED;
      case TOUCH -> Outcome.Kind.FOUND;
    };
  }

  /** What apply.lua has to leave. */
  Stored stored() {
    return switch (outcome()) {
      case CREATED, UPDATED -> Stored.of(NEW, lifetime());
      case FOUND, REFUSED -> Stored.of(OLD, lifetime());
      default -> Stored.NOTHING;
    };
  }

  /** The lifetime of what is there afterwards. */
  long lifetime() {
    long before = presence == Presence.TIMED ? BEFORE : Lifetimes.ETERNAL;
    return switch (outcome()) {
      case CREATED -> lifetimes.onCreation();
      case UPDATED -> lifetimes.onUpdate() == Lifetimes.UNCHANGED ? before : lifetimes.onUpdate();
      case FOUND -> lifetimes.onAccess();
      default -> before;
    };
  }

  private Outcome.Kind outcomeOnNothing() {
    boolean needsOne = mutation.guard() == Guard.IF_PRESENT || mutation.guard() == Guard.IF_EQUAL;
    if (needsOne || !mutation.isStore()) {
      return Outcome.Kind.ABSENT;
    }
    return lifetimes.onCreation() == Lifetimes.ZERO
        ? Outcome.Kind.NOT_STORED
        : Outcome.Kind.CREATED;
  }

  /** The corner as a change of this entry. */
  Change change(EntryKey key) {
    return new Change(key, mutation, lifetimes);
  }

  private String guard() {
    return switch (mutation.guard()) {
      case ALWAYS -> "always";
      case IF_ABSENT -> "absent";
      case IF_PRESENT -> "present";
      case IF_EQUAL -> "equal";
    };
  }

  boolean isGuardedByOther() {
    return Arrays.equals(mutation.expected(), OTHER);
  }

  @Override
  public String toString() {
    return "%s %s %s%s%s %s %d/%d/%d"
        .formatted(
            presence,
            mutation.kind(),
            mutation.guard(),
            isGuardedByOther() ? " other" : "",
            mutation.wantsPrevious() ? " previous" : "",
            "lifetimes",
            lifetimes.onCreation(),
            lifetimes.onUpdate(),
            lifetimes.onAccess());
  }
}
