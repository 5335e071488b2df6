// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Script;
import org.jcacheredis.internal.connection.Verb;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are fields of hashes. Only commands are used that see a field as absent as soon as
 * its lifetime is over: on Redis, HDEL, HPEXPIRE and HSETEX with KEEPTTL do not, until the server
 * has deleted it; and on Valkey KEEPTTL takes a lifetime away that ends in this millisecond.
 */
record InHashes(HashNames names) implements Placing {
  private static final Script STORE = Script.load("store_hash");
  private static final Script REMOVE = Script.loadRemoving("remove_hash");

  @Override
  public Command script(Program program, EntryKey key, @Nullable Announcing announcing) {
    byte[] partition = names.name(key);
    if (announcing == null) {
      return Command.of(program.hash().plain(), partition).with(key.bytes());
    }
    return Command.of(program.hash().heard(), partition, names.shadow(key))
        .with(key.bytes())
        .with(announcing.channel())
        .with(announcing.head());
  }

  @Override
  public @Nullable Plan natively(Change change) {
    return switch (change.mutation().kind()) {
      case STORE -> storing(change);
      case REMOVE, DISCARD -> remove(change, Outcome.Kind.REMOVED);
      case EXPIRE -> remove(change, Outcome.Kind.EXPIRED);
      case TOUCH -> change.mutation().wantsPrevious() ? touch(change) : null;
    };
  }

  private Plan touch(Change change) {
    return taking(
        lifetime(
            Command.of(Verb.HGETEX).key(names.name(change.key())), change.lifetimes().onAccess()),
        change,
        Outcome.Kind.FOUND,
        Outcome.Kind.ABSENT);
  }

  /** Adds the lifetime of a touched field. */
  static Command lifetime(Command hgetex, long access) {
    return access == Lifetimes.ETERNAL ? hgetex.with("PERSIST") : hgetex.with("PX").with(access);
  }

  private Plan remove(Change change, Outcome.Kind gone) {
    return change.mutation().wantsPrevious()
        ? getdel(change, gone, Outcome.Kind.ABSENT)
        : new Plan(
            Command.of(REMOVE, names.name(change.key())).with(change.key().bytes()),
            reply -> Outcome.of(reply.integer() > 0 ? gone : Outcome.Kind.ABSENT));
  }

  private @Nullable Plan storing(Change change) {
    return switch (change.mutation().guard()) {
      case IF_ABSENT -> storeIfAbsent(change, change.lifetimes().onCreation());
      case IF_PRESENT -> storeIfPresent(change, change.lifetimes().onUpdate());
      default -> storeAlways(change, change.lifetimes());
    };
  }

  private @Nullable Plan storeAlways(Change change, Lifetimes lifetimes) {
    boolean isUniform = lifetimes.isUniform();
    if (isUniform && lifetimes.onCreation() == Lifetimes.ZERO) {
      return getdel(change, Outcome.Kind.EXPIRED, Outcome.Kind.NOT_STORED);
    }
    if (change.mutation().wantsPrevious()) {
      return null;
    }
    boolean keepsDeadline =
        lifetimes.onCreation() == Lifetimes.ETERNAL && lifetimes.onUpdate() == Lifetimes.UNCHANGED;
    if (keepsDeadline) {
      return stored(
          Command.of(STORE, names.name(change.key()))
              .with(change.key().bytes())
              .with(change.mutation().newValue()));
    }
    return isUniform ? stored(set(change, null, lifetimes.onUpdate())) : null;
  }

  private static Plan stored(Command command) {
    return new Plan(
        command,
        reply -> {
          reply.checked();
          return Outcome.of(Outcome.Kind.STORED);
        });
  }

  private Plan storeIfAbsent(Change change, long creation) {
    if (creation == Lifetimes.ZERO) {
      return new Plan(
          Command.of(Verb.HEXISTS).key(names.name(change.key())).with(change.key().bytes()),
          reply -> decided(reply, Outcome.Kind.REFUSED, Outcome.Kind.NOT_STORED));
    }
    return new Plan(
        set(change, "FNX", creation),
        reply -> decided(reply, Outcome.Kind.CREATED, Outcome.Kind.REFUSED));
  }

  private @Nullable Plan storeIfPresent(Change change, long update) {
    if (update == Lifetimes.ZERO) {
      return getdel(change, Outcome.Kind.EXPIRED, Outcome.Kind.ABSENT);
    }
    return change.mutation().wantsPrevious() || update == Lifetimes.UNCHANGED
        ? null
        : new Plan(
            set(change, "FXX", update),
            reply -> decided(reply, Outcome.Kind.UPDATED, Outcome.Kind.ABSENT));
  }

  private static Outcome decided(Reply reply, Outcome.Kind yes, Outcome.Kind no) {
    return Outcome.of(reply.integer() > 0 ? yes : no);
  }

  /** Without a lifetime an earlier one is taken away. */
  private Command set(Change change, @Nullable String guard, long lifetime) {
    byte[] partition = names.name(change.key());
    byte[] field = change.key().bytes();
    byte[] value = change.mutation().newValue();
    Command set = Command.of(Verb.HSETEX).key(partition);
    if (guard != null) {
      set.with(guard);
    }
    if (lifetime != Lifetimes.ETERNAL) {
      set.with("PX").with(lifetime);
    }
    return set.with("FIELDS").with(1).with(field).with(value);
  }

  private Plan getdel(Change change, Outcome.Kind there, Outcome.Kind notThere) {
    return taking(Command.of(Verb.HGETDEL).key(names.name(change.key())), change, there, notThere);
  }

  private static Plan taking(
      Command command, Change change, Outcome.Kind there, Outcome.Kind notThere) {
    return new Plan(
        command.with("FIELDS").with(1).with(change.key().bytes()),
        reply -> {
          byte[] bytes = reply.bulks().get(0);
          return bytes == null ? Outcome.of(notThere) : Outcome.of(there, bytes);
        });
  }
}
