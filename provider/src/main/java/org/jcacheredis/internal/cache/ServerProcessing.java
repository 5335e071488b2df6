// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.cache.processor.EntryProcessorException;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Script;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.Announcing;
import org.jcacheredis.internal.store.EntryStore.Invocation;
import org.jcacheredis.internal.store.Program;
import org.jcacheredis.processor.LuaEntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Runs the bodies of Lua entry processors in the server: one atomic step for each key, one round
 * trip for one key or for a chunk of keys.
 */
final class ServerProcessing<K, V> {
  private static final String BODY = Script.source("body");
  private static final String PLACEHOLDER = "--BODY--";
  private static final String DECLINED = "DECLINED";

  private final CacheParts<K, V> parts;
  private final Consequences<K, V> consequences;
  private final boolean readsThrough;
  private final Map<String, Program> programs = new ConcurrentHashMap<>();

  ServerProcessing(CacheParts<K, V> parts, boolean readsThrough) {
    this.parts = parts;
    this.consequences = new Consequences<>(parts);
    this.readsThrough = readsThrough;
  }

  /** What a processor returned; null is a result, too. */
  record Result<T>(@Nullable T value) {}

  private final class Values implements LuaEntryProcessor.ValueBytes<V> {
    private final EntryKey entry;

    Values(EntryKey entry) {
      this.entry = entry;
    }

    @Override
    public byte[] encode(V value) {
      return parts.coding().value(value);
    }

    @Override
    public @Nullable V decode(byte[] bytes) {
      return parts.coding().valueOrMiss(entry, bytes);
    }
  }

  /** Whether nothing but the server is needed: no writer, no loader, no policy to be asked. */
  boolean canRun(LuaEntryProcessor<K, V, ?> processor) {
    return !readsThrough
        && !parts.writer().isPresent()
        && !parts.expiry().mustBeAsked()
        && header(processor) != null;
  }

  /**
   * The bytes in front of the text that the body works on; null if this codec keeps no such text.
   */
  private byte @Nullable [] header(LuaEntryProcessor<K, V, ?> processor) {
    Class<?> type = processor.textType().orElse(null);
    return type == null ? new byte[0] : parts.coding().codec().scalarHeader(type);
  }

  /** Runs a processor; null if it has to run in Java after all, nothing having been done. */
  <T> @Nullable Result<T> run(
      K key, EntryKey entry, LuaEntryProcessor<K, V, T> processor, Object[] arguments) {
    if (!parts.events().isActive()) {
      return perform(key, entry, processor, arguments);
    }
    try (KeyLocks.Hold hold = parts.locks().hold(entry)) {
      return perform(key, entry, processor, arguments);
    }
  }

  private <T> @Nullable Result<T> perform(
      K key, EntryKey entry, LuaEntryProcessor<K, V, T> processor, Object[] arguments) {
    long start = parts.nanos().getAsLong();
    Invocation invocation = invocation(entry, processor, arguments);
    Reply reply =
        guarded(() -> parts.store().run(program(processor.lua()), entry, invocation.arguments()));
    long nanos = parts.nanos().getAsLong() - start;
    return concluded(new Target<>(key, entry), processor, reply, nanos);
  }

  private <T> @Nullable Result<T> concluded(
      Target<K> target, LuaEntryProcessor<K, V, T> processor, Reply reply, long nanos) {
    List<Reply> answer = guarded(reply::elements);
    String outcome = answer.get(0).text();
    if (outcome.equals(DECLINED)) {
      return null;
    }
    conclude(target, Outcome.Kind.valueOf(outcome), answer, nanos);
    Values values = new Values(target.entry());
    return guarded(() -> new Result<>(processor.result(answer.get(3).raw(), values)));
  }

  /**
   * Runs a processor on many keys, in one pipeline. What fails for one key fails for it alone.
   *
   * @return those on which it has to run in Java after all, nothing having been done
   */
  <T> List<Target<K>> runAll(
      List<Target<K>> targets,
      LuaEntryProcessor<K, V, T> processor,
      Object[] arguments,
      ProcessorResults<K, T> results) {
    ServerPipeline<K, V, T> pipeline =
        new ServerPipeline<>(parts, new Work<>(this, processor, arguments), results);
    if (!parts.events().isActive()) {
      return pipeline.run(targets);
    }
    KeyLocks.Hold hold = parts.locks().tryHoldAll(Target.entries(targets));
    if (hold == null) {
      // only the key that another thread works on for so long shall fail
      return pipeline.runEachAlone(targets);
    }
    try (hold) {
      return pipeline.run(targets);
    }
  }

  /** One processor with its arguments, on any number of keys. */
  record Work<K, V, T>(
      ServerProcessing<K, V> server, LuaEntryProcessor<K, V, T> processor, Object[] arguments) {
    Invocation invocation(Target<K> target) {
      return server.invocation(target.entry(), processor, arguments);
    }

    List<Reply> send(List<Invocation> invocations) {
      return guarded(
          () -> server.parts.store().runAll(server.program(processor.lua()), invocations));
    }

    @Nullable Result<T> concluded(Target<K> target, Reply reply, long nanos) {
      return server.concluded(target, processor, reply, nanos);
    }

    @Nullable Result<T> run(Target<K> target) {
      return server.run(target.key(), target.entry(), processor, arguments);
    }
  }

  /** As any processor's, each failure is told as one of the processor. */
  private static <T> T guarded(Supplier<T> call) {
    try {
      return call.get();
    } catch (EntryProcessorException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new EntryProcessorException("the LuaEntryProcessor failed: " + e.getMessage(), e);
    }
  }

  private Invocation invocation(
      EntryKey entry, LuaEntryProcessor<K, V, ?> processor, Object[] arguments) {
    return guarded(() -> new Invocation(entry, arguments(processor, new Values(entry), arguments)));
  }

  private List<byte[]> arguments(
      LuaEntryProcessor<K, V, ?> processor, Values values, Object[] arguments) {
    Lifetimes lifetimes = java.util.Objects.requireNonNull(parts.expiry().fixed());
    List<byte[]> all = new ArrayList<>();
    all.add(ascii(processor.textType().isPresent() ? "text" : "bytes"));
    all.add(java.util.Objects.requireNonNull(header(processor)));
    all.add(ascii(Integer.toString(parts.settings().codec().maxValueSize())));
    all.add(ascii(Long.toString(lifetimes.onCreation())));
    all.add(ascii(Long.toString(lifetimes.onUpdate())));
    all.add(ascii(Long.toString(lifetimes.onAccess())));
    // commands are sent without a copy, and a processor may use its arrays again for the next key
    processor.arguments(values, arguments).forEach(argument -> all.add(argument.clone()));
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private Program program(String body) {
    return programs.computeIfAbsent(
        body, text -> Program.of(BODY.replace(PLACEHOLDER, text), "process"));
  }

  /** Counts the read that every invocation is, then what follows from the net effect. */
  private void conclude(Target<K> target, Outcome.Kind kind, List<Reply> reply, long nanos) {
    K key = target.key();
    EntryKey entry = target.entry();
    byte[] before = reply.get(1).bytes();
    byte[] after = reply.get(2).bytes();
    Outcome outcome = Outcome.of(kind, before).announced(Announcing.id(reply, 4));
    consequences.counted(
        Operation.INVOKE, before == null ? Outcome.Kind.ABSENT : Outcome.Kind.FOUND, nanos);
    if (after != null) {
      consequences.of(
          new Request<>(
              Operation.INVOKE_STORE, key, entry, Mutation.store(after), null, null, null),
          outcome,
          nanos);
    } else if (kind == Outcome.Kind.REMOVED) {
      consequences.of(Request.remove(Operation.INVOKE_REMOVE, key, entry), outcome, nanos);
    } else if (kind == Outcome.Kind.EXPIRED) {
      consequences.expired(key, entry, outcome);
    }
  }
}
