// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.List;
import java.util.function.Function;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Which command carries out a change, and what its reply means. A native command wherever one
 * decides the whole question and nobody listens; the script for the rest. Always one round trip.
 */
record Plan(Command command, Function<Reply, Outcome> reading) {
  private static final Program APPLY = Program.load("apply");

  /**
   * Decides for one change.
   *
   * @param announcing null if nobody listens
   */
  static Plan of(Placing placing, Change change, @Nullable Announcing announcing) {
    if (isHeard(change, announcing)) {
      return script(placing, change, announcing);
    }
    Plan one =
        change.mutation().guard() == Mutation.Guard.IF_EQUAL ? null : placing.natively(change);
    return one == null ? script(placing, change, null) : one;
  }

  /** Of another lifetime nobody is told, but a shadow has to follow it. */
  private static boolean isHeard(Change change, @Nullable Announcing announcing) {
    return announcing != null && (!change.isTouch() || announcing.wants(Announcing.Wish.SHADOW));
  }

  private static Plan script(Placing placing, Change change, @Nullable Announcing announcing) {
    Mutation mutation = change.mutation();
    Lifetimes lifetimes = change.lifetimes();
    Command command =
        placing
            .script(APPLY, change.key(), announcing)
            .with(kind(mutation.kind()))
            .with(guard(mutation.guard()))
            .with(mutation.wantsPrevious() ? "wanted" : "ignored")
            .with(lifetimes.onCreation())
            .with(change.isTouch() ? lifetimes.onAccess() : lifetimes.onUpdate())
            .with(mutation.isStore() ? mutation.newValue() : new byte[0]);
    if (mutation.guard() == Mutation.Guard.IF_EQUAL) {
      command.with(mutation.expectedValue());
    }
    return new Plan(command, Plan::scripted);
  }

  private static String kind(Mutation.Kind kind) {
    return switch (kind) {
      case STORE -> "store";
      case REMOVE -> "remove";
      case EXPIRE -> "expire";
      case DISCARD -> "discard";
      case TOUCH -> "touch";
    };
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
    List<Reply> elements = reply.elements();
    byte[] previous = elements.size() > 1 ? elements.get(1).bytes() : null;
    return Outcome.of(Outcome.Kind.valueOf(elements.get(0).text()), previous)
        .announced(Announcing.id(elements, 2));
  }
}
