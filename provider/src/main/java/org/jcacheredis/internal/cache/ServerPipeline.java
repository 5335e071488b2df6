// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jcacheredis.internal.cache.ServerProcessing.Result;
import org.jcacheredis.internal.cache.ServerProcessing.Work;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.store.EntryStore.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * One Lua processor on many keys in one round trip, for each of them what it would be alone: a
 * result, a failure, or the need to run in Java. One thread.
 */
final class ServerPipeline<K, V, T> {
  private final CacheParts<K, V> parts;
  private final Work<K, V, T> work;
  private final ProcessorResults<K, T> results;
  private final List<Target<K>> declined = new ArrayList<>();

  ServerPipeline(CacheParts<K, V> parts, Work<K, V, T> work, ProcessorResults<K, T> results) {
    this.parts = parts;
    this.work = work;
    this.results = results;
  }

  /** A key with what is sent for it. */
  private record Sending<K>(Target<K> target, Invocation invocation) {}

  /** Gives those back that have to run in Java, nothing having been done. */
  List<Target<K>> run(List<Target<K>> targets) {
    List<Sending<K>> sendings = new ArrayList<>(targets.size());
    for (Target<K> target : targets) {
      try {
        sendings.add(new Sending<>(target, work.invocation(target)));
      } catch (RuntimeException e) {
        results.failed(target.key(), e);
      }
    }
    parts.chunks().of(sendings, each -> each.invocation().size()).forEach(this::send);
    return declined;
  }

  /** As {@link #run}, key by key. */
  List<Target<K>> runEachAlone(List<Target<K>> targets) {
    targets.forEach(target -> settle(target, () -> work.run(target)));
    return declined;
  }

  private void send(List<Sending<K>> chunk) {
    long start = parts.nanos().getAsLong();
    List<Reply> replies;
    try {
      replies = work.send(chunk.stream().map(Sending::invocation).toList());
    } catch (RuntimeException e) {
      chunk.forEach(each -> results.failed(each.target().key(), e));
      return;
    }
    long nanos = (parts.nanos().getAsLong() - start) / chunk.size();
    for (int i = 0; i < chunk.size(); i++) {
      Target<K> target = chunk.get(i).target();
      Reply reply = replies.get(i);
      settle(target, () -> work.concluded(target, reply, nanos));
    }
  }

  private void settle(Target<K> target, Supplier<@Nullable Result<T>> ending) {
    try {
      Result<T> result = ending.get();
      if (result == null) {
        declined.add(target);
      } else {
        results.done(target.key(), result.value());
      }
    } catch (RuntimeException e) {
      results.failed(target.key(), e);
    }
  }
}
