// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;

/** JDK serialization behind the gate: in both directions only allowed classes pass. Thread-safe. */
final class JdkStreams implements FramedCodec {
  private final ClassGate gate;

  JdkStreams(ClassGate gate) {
    this.gate = gate;
  }

  @Override
  public byte[] encodeFramed(byte header, Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    bytes.write(header);
    return encode(bytes, value);
  }

  /** The bytes of an object, with nothing in front. */
  byte[] encode(Object value) {
    return encode(new ByteArrayOutputStream(256), value);
  }

  private byte[] encode(ByteArrayOutputStream bytes, Object value) {
    try (ObjectOutputStream out = new Writer(bytes)) {
      out.writeObject(value);
    } catch (NotSerializableException e) {
      throw new CodecException(
          "class %s is not serializable; let it implement java.io.Serializable"
              .formatted(e.getMessage()));
    } catch (IOException e) {
      throw new CodecException(
          "value of class %s cannot be serialized (%s); its writeObject or writeExternal failed"
              .formatted(value.getClass().getName(), e.getClass().getSimpleName()),
          e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Object decodeFramed(byte[] framed) {
    return decode(framed, 1);
  }

  /** The object in the bytes from an offset to the end. */
  Object decode(byte[] bytes, int offset) {
    ByteArrayInputStream source = new ByteArrayInputStream(bytes, offset, bytes.length - offset);
    try (Reader in = new Reader(source, bytes.length - offset)) {
      Object value = in.readObject();
      if (value == null || source.available() > 0) {
        throw new CodecException("serialized object has bytes left over; it is damaged");
      }
      return value;
    } catch (IOException | ClassNotFoundException | InternalError e) {
      // the last is what Map.of's form throws for a key without a value
      String reason =
          e instanceof InvalidClassException ? e.getMessage() : e.getClass().getSimpleName();
      throw new CodecException("serialized object cannot be read (%s)".formatted(reason), e);
    }
  }

  /** An equal object by way of its class's own serialization. */
  Object copy(Object value) {
    return decode(encode(value), 0);
  }

  private final class Writer extends ObjectOutputStream {
    Writer(OutputStream out) throws IOException {
      super(out);
    }

    @Override
    protected void annotateClass(Class<?> type) {
      gate.check(type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
      throw ClassGate.refused("java.lang.reflect.Proxy");
    }
  }

  private final class Reader extends ObjectInputStream {
    private final StreamWeights weights;
    private long arrays;

    Reader(InputStream in, int size) throws IOException {
      super(in);
      // hash tables are read into arrays larger than their content, others into some as large
      arrays = 64 + 16L * size;
      weights = new StreamWeights(size);
      enableResolveObject(true);
      setObjectInputFilter(judge());
    }

    private ObjectInputFilter judge() {
      return (FilterInfo info) -> {
        arrays -= Math.max(0, info.arrayLength());
        if (arrays < 0) {
          return Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        if (type == null) {
          return Status.UNDECIDED;
        }
        return gate.allows(type) ? Status.ALLOWED : Status.REJECTED;
      };
    }

    @Override
    protected Object resolveObject(Object value) {
      weights.add(value);
      return value;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) {
      return Primitives.load(gate, description.getName());
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) {
      throw ClassGate.refused("java.lang.reflect.Proxy");
    }
  }
}
