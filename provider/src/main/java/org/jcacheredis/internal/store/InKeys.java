// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;

/** Entries that are string keys. */
record InKeys(KeyNames names) implements Placing {

  @Override
  public Command script(Program program, EntryKey key, @Nullable Announcing announcing) {
    byte[] entry = names.entries().name(key);
    if (announcing == null) {
      return Command.of(program.keys().plain(), entry);
    }
    return Command.of(program.keys().heard(), entry, names.shadows().name(key))
        .with(announcing.channel())
        .with(announcing.head())
        .with(names.entries().prefixSize());
  }

  @Override
  public @Nullable Plan natively(Change change) {
    Mutation mutation = change.mutation();
    byte[] entry = names.entries().name(change.key());
    return switch (mutation.kind()) {
      case STORE -> storing(change, entry);
      case REMOVE, DISCARD -> remove(entry, mutation.previous(), Outcome.Kind.REMOVED);
      case EXPIRE -> remove(entry, mutation.previous(), Outcome.Kind.EXPIRED);
      case TOUCH -> touch(entry, mutation.previous(), change.lifetimes().onAccess());
    };
  }

  private static Plan touch(byte[] entry, Mutation.Previous previous, long lifetime) {
    boolean ends = lifetime != Lifetimes.ETERNAL;
    if (previous == Mutation.Previous.WANTED) {
      Command getex = Command.of(Verb.GETEX).key(entry);
      return new Plan(
          ends ? getex.with("PX").with(lifetime) : getex.with("PERSIST"),
          reply -> found(reply, Outcome.Kind.FOUND, Outcome.Kind.ABSENT));
    }
    Command command =
        ends
            ? Command.of(Verb.PEXPIRE).key(entry).with(lifetime)
            : Command.of(Verb.PERSIST).key(entry);
    return new Plan(command, InKeys::touched);
  }

  /** Whether it was there, nobody asks. */
  private static Outcome touched(Reply reply) {
    reply.checked();
    return Outcome.of(Outcome.Kind.FOUND);
  }

  private static Plan remove(byte[] entry, Mutation.Previous previous, Outcome.Kind gone) {
    return previous == Mutation.Previous.WANTED
        ? taking(entry, gone, Outcome.Kind.ABSENT)
        : new Plan(
            Command.of(Verb.UNLINK).key(entry),
            reply -> Outcome.of(reply.integer() > 0 ? gone : Outcome.Kind.ABSENT));
  }

  private static @Nullable Plan storing(Change change, byte[] entry) {
    Mutation mutation = change.mutation();
    Lifetimes lifetimes = change.lifetimes();
    return switch (mutation.guard()) {
      case IF_ABSENT -> storeIfAbsent(entry, mutation, lifetimes.onCreation());
      case IF_PRESENT -> storeIfPresent(entry, mutation, lifetimes.onUpdate());
      default -> isOneCommand(lifetimes) ? storeAlways(entry, mutation, lifetimes) : null;
    };
  }

  private static boolean isOneCommand(Lifetimes lifetimes) {
    boolean keepsDeadline =
        lifetimes.onCreation() == Lifetimes.ETERNAL && lifetimes.onUpdate() == Lifetimes.UNCHANGED;
    return keepsDeadline || lifetimes.isUniform();
  }

  private static Plan storeAlways(byte[] entry, Mutation mutation, Lifetimes lifetimes) {
    if (lifetimes.onCreation() == Lifetimes.ZERO) {
      return taking(entry, Outcome.Kind.EXPIRED, Outcome.Kind.NOT_STORED);
    }
    Command set = set(entry, mutation, lifetimes.onUpdate());
    return mutation.wantsPrevious()
        ? new Plan(set.with("GET"), reply -> replaced(reply, Outcome.Kind.CREATED))
        : new Plan(set, reply -> Outcome.of(Outcome.Kind.STORED));
  }

  private static Plan storeIfAbsent(byte[] entry, Mutation mutation, long creation) {
    if (creation == Lifetimes.ZERO) {
      return new Plan(
          Command.of(Verb.EXISTS).key(entry),
          reply ->
              Outcome.of(reply.integer() > 0 ? Outcome.Kind.REFUSED : Outcome.Kind.NOT_STORED));
    }
    return new Plan(
        set(entry, mutation, creation).with("NX"),
        reply -> Outcome.of(reply.isNil() ? Outcome.Kind.REFUSED : Outcome.Kind.CREATED));
  }

  private static Plan storeIfPresent(byte[] entry, Mutation mutation, long update) {
    if (update == Lifetimes.ZERO) {
      return taking(entry, Outcome.Kind.EXPIRED, Outcome.Kind.ABSENT);
    }
    Command set = set(entry, mutation, update).with("XX");
    return mutation.wantsPrevious()
        ? new Plan(set.with("GET"), reply -> replaced(reply, Outcome.Kind.ABSENT))
        : new Plan(
            set, reply -> Outcome.of(reply.isNil() ? Outcome.Kind.ABSENT : Outcome.Kind.UPDATED));
  }

  private static Plan taking(byte[] entry, Outcome.Kind there, Outcome.Kind notThere) {
    return new Plan(Command.of(Verb.GETDEL).key(entry), reply -> found(reply, there, notThere));
  }

  private static Outcome replaced(Reply reply, Outcome.Kind otherwise) {
    return found(reply, Outcome.Kind.UPDATED, otherwise);
  }

  private static Outcome found(Reply reply, Outcome.Kind there, Outcome.Kind notThere) {
    return reply.isNil() ? Outcome.of(notThere) : Outcome.of(there, reply.bytes());
  }

  private static Command set(byte[] entry, Mutation mutation, long lifetime) {
    Command set = Command.of(Verb.SET).key(entry).with(mutation.newValue());
    if (lifetime == Lifetimes.UNCHANGED) {
      return set.with("KEEPTTL");
    }
    return lifetime == Lifetimes.ETERNAL ? set : set.with("PX").with(lifetime);
  }
}
