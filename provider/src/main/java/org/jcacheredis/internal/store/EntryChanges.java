// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.EntryStore.Invocation;
import org.jspecify.annotations.Nullable;

/** Changes of entries, wherever they are: what all layouts have in common. Thread-safe. */
final class EntryChanges {
  private static final Program CLAIM = Program.load("claim");

  private final Redis redis;
  private final Placing placing;
  private final Audience audience;

  EntryChanges(Redis redis, Placing placing, Audience audience) {
    this.redis = redis;
    this.placing = placing;
    this.audience = audience;
  }

  Outcome apply(Change change) {
    Plan plan = plan(change);
    return plan.reading().apply(redis.call(plan.command()));
  }

  List<Outcome> applyAll(List<Change> changes) {
    List<Plan> plans = changes.stream().map(this::plan).toList();
    List<Reply> replies = redis.callAll(plans.stream().map(Plan::command).toList());
    List<Outcome> outcomes = new ArrayList<>(plans.size());
    for (int i = 0; i < plans.size(); i++) {
      RedisException refusal = replies.get(i).failure();
      outcomes.add(
          refusal == null ? plans.get(i).reading().apply(replies.get(i)) : Outcome.failed(refusal));
    }
    return outcomes;
  }

  private Plan plan(Change change) {
    return Plan.of(placing, change, audience.next());
  }

  /** How the next change has to be announced; null if nobody listens. */
  @Nullable Announcing announcing() {
    return audience.next();
  }

  /** The bytes of an entry that gets another lifetime by being read. */
  byte @Nullable [] read(EntryKey key, long access) {
    return apply(accessing(key, access)).previous();
  }

  List<byte @Nullable []> readAll(List<EntryKey> keys, long access) {
    List<byte @Nullable []> found = new ArrayList<>(keys.size());
    for (Outcome outcome : applyAll(keys.stream().map(key -> accessing(key, access)).toList())) {
      if (outcome.failure() != null) {
        throw outcome.failure();
      }
      found.add(outcome.previous());
    }
    return found;
  }

  private static Change accessing(EntryKey key, long access) {
    return Change.touch(key, access).returningPrevious();
  }

  Reply run(Program program, EntryKey key, List<byte[]> arguments) {
    return redis.call(running(program, key, arguments));
  }

  List<Reply> runAll(Program program, List<Invocation> invocations) {
    return redis.callAll(
        invocations.stream().map(each -> running(program, each.key(), each.arguments())).toList());
  }

  private Command running(Program program, EntryKey key, List<byte[]> arguments) {
    Command command = placing.script(program, key, audience.next());
    arguments.forEach(command::with);
    return command;
  }

  List<Claim> claimAll(List<EntryKey> keys) {
    List<Command> claims = new ArrayList<>(keys.size());
    for (EntryKey key : keys) {
      Announcing announcing = audience.next();
      if (announcing == null) {
        return Collections.nCopies(keys.size(), Claim.UNKNOWN);
      }
      claims.add(placing.script(CLAIM, key, announcing));
    }
    return redis.callAll(claims).stream().map(reply -> Claim.valueOf(reply.text())).toList();
  }

  /** Commands that discard entries one by one, announced. */
  List<Command> discarding(List<EntryKey> keys) {
    return keys.stream().map(key -> plan(Change.discard(key)).command()).toList();
  }
}
