// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * JSON by Jackson, of the declared value type, with the Jackson modules on the class path; loaded
 * only where the setting asks for it. Thread-safe.
 */
final class JsonCodec implements ValueCodec {
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final Class<?> type;

  JsonCodec(Class<?> type, ClassLoader loader) {
    JsonMapper mapper =
        JsonMapper.builder()
            .addModules(JsonMapper.findModules(loader))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    JavaType javaType = mapper.constructType(type);
    this.type = type;
    this.writer = mapper.writerFor(javaType);
    this.reader = mapper.readerFor(javaType);
  }

  @Override
  public byte[] encode(Object value) {
    if (!type.isInstance(value)) {
      throw new CodecException(
          "value of class %s is not of the declared type %s; the json codec stores no class names"
              .formatted(value.getClass().getName(), type.getName()));
    }
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new CodecException( // without the cause, whose message may quote the value
          "value of class %s cannot be written as JSON (%s); see Jackson's rules for the class"
              .formatted(value.getClass().getName(), e.getClass().getSimpleName()));
    }
  }

  @Override
  public Object decode(byte[] payload) {
    try {
      Object value = reader.readValue(payload);
      if (value == null) {
        throw Envelope.damaged(payload.length, "JSON null");
      }
      return value;
    } catch (IOException e) {
      throw new CodecException( // without the cause, whose message may quote the value
          "%d bytes of JSON make no %s (%s); the class has changed since, or they are damaged"
              .formatted(payload.length, type.getName(), e.getClass().getSimpleName()));
    }
  }
}
