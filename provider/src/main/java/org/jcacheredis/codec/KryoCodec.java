// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Objects by Kryo, whose instances serve one thread at a time: a few are kept in slots, found by
 * the thread's number. A thread finds a free one or makes one, so that none ever waits, virtual
 * threads included. Thread-safe.
 */
final class KryoCodec implements FramedCodec {
  private static final int SLOTS =
      Integer.highestOneBit(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
  private static final int FIRST_BUFFER = 512;
  private static final int LARGEST_KEPT_BUFFER = 64 * 1024;

  private final ClassGate gate;
  private final JdkStreams jdk;
  private final int maxSize;
  private final AtomicReferenceArray<@Nullable Engine> idle = new AtomicReferenceArray<>(SLOTS);

  KryoCodec(ClassGate gate, JdkStreams jdk, int maxSize) {
    this.gate = gate;
    this.jdk = jdk;
    this.maxSize = maxSize;
  }

  @Override
  public byte[] encodeFramed(byte header, Object value) {
    Engine engine = take();
    try {
      engine.out.writeByte(header);
      engine.kryo.writeClassAndObject(engine.out, value);
      byte[] bytes = engine.out.toBytes();
      give(engine); // only after success: a broken-off run leaves an engine in an unknown state
      return bytes;
    } catch (KryoException | StackOverflowError e) {
      throw unencodable(value, e);
    }
  }

  private CodecException unencodable(Object value, Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof CodecException reason) {
        return reason;
      }
      if (at instanceof KryoBufferOverflowException) {
        return Envelope.tooLarge(value.getClass(), "more than " + maxSize, maxSize);
      }
    }
    String reason =
        failure instanceof StackOverflowError
            ? "it is nested too deeply"
            : failure.getClass().getSimpleName();
    return new CodecException(
        "value of class %s cannot be encoded (%s); make its classes plain fields, records or Serializable"
            .formatted(value.getClass().getName(), reason),
        failure);
  }

  /** Throws whatever damaged bytes make happen. */
  @Override
  public Object decodeFramed(byte[] framed) {
    Engine engine = take();
    engine.in.give(framed, 1);
    Object value = engine.kryo.readClassAndObject(engine.in);
    engine.in.expectEnd();
    if (value == null) {
      throw new KryoException("null is no value");
    }
    give(engine);
    return value;
  }

  private Engine take() {
    int start = slot();
    for (int i = 0; i < SLOTS; i++) {
      Engine engine = idle.getAndSet((start + i) & (SLOTS - 1), null);
      if (engine != null) {
        return engine;
      }
    }
    return new Engine(gate, jdk, maxSize);
  }

  private void give(Engine engine) {
    if (engine.out.getBuffer().length > LARGEST_KEPT_BUFFER) {
      engine.out.setBuffer(new byte[FIRST_BUFFER], maxSize);
    }
    engine.out.reset();
    engine.in.release();
    int start = slot();
    for (int i = 0; i < SLOTS; i++) {
      if (idle.compareAndSet((start + i) & (SLOTS - 1), null, engine)) {
        return;
      }
    }
  }

  @SuppressWarnings("deprecation") // threadId() came with JDK 19
  private static int slot() {
    return (int) Thread.currentThread().getId() & (SLOTS - 1);
  }

  /** One Kryo and its buffers. */
  private static final class Engine {
    final Kryo kryo;
    final Output out;
    final BoundedInput in = new BoundedInput(new byte[0], 0);

    Engine(ClassGate gate, JdkStreams jdk, int maxSize) {
      kryo = new TableKryo(gate, jdk);
      out = new Output(Math.min(FIRST_BUFFER, maxSize), maxSize);
    }
  }

  /** Kryo that chooses forms from {@link KryoTable} alone. */
  private static final class TableKryo extends Kryo {
    private final JdkStreams jdk;

    TableKryo(ClassGate gate, JdkStreams jdk) {
      super(new GatedClassResolver(gate), new ObjectReferences());
      this.jdk = jdk;
      KryoTable.install(this, jdk);
    }

    @Override
    @SuppressWarnings({
      "rawtypes",
      "NullAway.Init"
    }) // Kryo's signature; jdk is null while Kryo's constructor runs
    public Serializer getDefaultSerializer(Class type) {
      return jdk == null ? super.getDefaultSerializer(type) : KryoTable.choose(type, jdk);
    }
  }
}
