// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.lang.reflect.Constructor;

/** Makes the codec that the setting {@code codec.name} asks for. */
final class ValueCodecs {
  private ValueCodecs() {}

  /** A codec and the content number of its payloads. */
  record Named(int content, FramedCodec codec) {}

  static Named of(
      CodecSettings settings,
      Class<?> valueType,
      ClassLoader loader,
      ClassGate gate,
      JdkStreams jdk) {
    return switch (settings.codec()) {
      case "kryo" -> new Named(Envelope.KRYO, new KryoCodec(gate, jdk, settings.maxValueSize()));
      case "java" -> new Named(Envelope.JAVA, jdk);
      case "json" -> new Named(Envelope.JSON, FramedCodec.of(json(valueType, loader)));
      default -> new Named(Envelope.CUSTOM, FramedCodec.of(custom(settings.codec(), loader)));
    };
  }

  private static ValueCodec json(Class<?> valueType, ClassLoader loader) {
    Libraries.expect(
        "codec.name",
        "json",
        "com.fasterxml.jackson.databind.json.JsonMapper",
        "com.fasterxml.jackson.core:jackson-databind");
    if (valueType == Object.class) {
      throw new IllegalArgumentException(
          "setting 'codec.name' is 'json'; JSON does not say which class it was; declare the value type with setTypes");
    }
    return new JsonCodec(valueType, loader);
  }

  private static ValueCodec custom(String name, ClassLoader loader) {
    try {
      Constructor<?> constructor = Class.forName(name, true, loader).getConstructor();
      if (constructor.newInstance() instanceof ValueCodec codec) {
        return codec;
      }
      throw new IllegalArgumentException(
          "setting 'codec.name' is '%s'; the class does not implement %s; let it, or choose kryo, java, json or raw"
              .formatted(name, ValueCodec.class.getName()));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalArgumentException(
          "setting 'codec.name' is '%s'; expected kryo, java, json, raw or a class with a public constructor without arguments"
              .formatted(name),
          e);
    }
  }
}
