// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.function.Function;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Script;
import org.jcacheredis.internal.connection.Verb;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Outcome;

/**
 * Which command carries out a mutation, and what its reply means. A native command wherever one
 * decides the whole question; the script for the guarded rest. Always one round trip.
 */
record Plan(Command command, Function<Reply, Outcome> reading) {
  private static final Script APPLY = Script.load("apply");

  static Plan of(byte[] entry, Mutation mutation, Lifetimes lifetimes) {
    if (mutation.guard() == Mutation.Guard.IF_EQUAL) {
      return script(entry, mutation, lifetimes);
    }
    return switch (mutation.kind()) {
      case STORE -> store(entry, mutation, lifetimes);
      case REMOVE -> remove(entry, mutation.previous());
      case TOUCH -> touch(entry, lifetimes.onAccess());
    };
  }

  private static Plan touch(byte[] entry, long lifetime) {
    Command command =
        lifetime == Lifetimes.ETERNAL
            ? Command.of(Verb.PERSIST).key(entry)
            : Command.of(Verb.PEXPIRE).key(entry).with(lifetime);
    return new Plan(command, Plan::touched);
  }

  /** Whether it was there, nobody asks. */
  private static Outcome touched(Reply reply) {
    reply.checked();
    return Outcome.of(Outcome.Kind.FOUND);
  }

  private static Plan remove(byte[] entry, Mutation.Previous previous) {
    return previous == Mutation.Previous.WANTED
        ? taking(entry, Outcome.Kind.REMOVED, Outcome.Kind.ABSENT)
        : new Plan(
            Command.of(Verb.UNLINK).key(entry),
            reply -> Outcome.of(reply.integer() > 0 ? Outcome.Kind.REMOVED : Outcome.Kind.ABSENT));
  }

  private static Plan store(byte[] entry, Mutation mutation, Lifetimes lifetimes) {
    return switch (mutation.guard()) {
      case IF_ABSENT -> storeIfAbsent(entry, mutation, lifetimes.onCreation());
      case IF_PRESENT -> storeIfPresent(entry, mutation, lifetimes.onUpdate());
      default -> storeAlways(entry, mutation, lifetimes);
    };
  }

  private static Plan storeAlways(byte[] entry, Mutation mutation, Lifetimes lifetimes) {
    long creation = lifetimes.onCreation();
    long update = lifetimes.onUpdate();
    boolean keepsDeadline = creation == Lifetimes.ETERNAL && update == Lifetimes.UNCHANGED;
    if (creation == Lifetimes.ZERO && lifetimes.isUniform()) {
      return taking(entry, Outcome.Kind.EXPIRED, Outcome.Kind.NOT_STORED);
    }
    if (!keepsDeadline && !lifetimes.isUniform()) {
      return script(entry, mutation, lifetimes);
    }
    Command set = set(entry, mutation, update);
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
    return new Plan(
        Command.of(Verb.GETDEL).key(entry),
        reply -> reply.isNil() ? Outcome.of(notThere) : Outcome.of(there, reply.bytes()));
  }

  private static Outcome replaced(Reply reply, Outcome.Kind otherwise) {
    return reply.isNil() ? Outcome.of(otherwise) : Outcome.of(Outcome.Kind.UPDATED, reply.bytes());
  }

  private static Command set(byte[] entry, Mutation mutation, long lifetime) {
    Command set = Command.of(Verb.SET).key(entry).with(mutation.newValue());
    if (lifetime == Lifetimes.UNCHANGED) {
      return set.with("KEEPTTL");
    }
    return lifetime == Lifetimes.ETERNAL ? set : set.with("PX").with(lifetime);
  }

  private static Plan script(byte[] entry, Mutation mutation, Lifetimes lifetimes) {
    Command command =
        Command.of(APPLY, entry)
            .with(mutation.isStore() ? "store" : "remove")
            .with(guard(mutation.guard()))
            .with(mutation.wantsPrevious() ? "wanted" : "ignored")
            .with(lifetimes.onCreation())
            .with(lifetimes.onUpdate())
            .with(mutation.isStore() ? mutation.newValue() : new byte[0]);
    if (mutation.guard() == Mutation.Guard.IF_EQUAL) {
      command.with(mutation.expectedValue());
    }
    return new Plan(command, Plan::scripted);
  }

  private static String guard(Mutation.Guard guard) {
    return switch (guard) {
      case ALWAYS -> "always";
      case IF_ABSENT -> "absent";
      case IF_PRESENT -> "present";
      case IF_EQUAL -> "equal";
    };
  }

  private static Outcome scripted(Reply reply) {
    var elements = reply.elements();
    byte[] previous = elements.size() > 1 ? elements.get(1).bytes() : null;
    return Outcome.of(Outcome.Kind.valueOf(elements.get(0).text()), previous);
  }
}
