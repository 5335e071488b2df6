// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import com.esotericsoftware.kryo.util.IdentityObjectIntMap;
import com.esotericsoftware.kryo.util.IntMap;

/**
 * Classes without a fixed id are named, once per value, and pass the gate in both directions.
 * Kryo's own resolver would load any name.
 */
final class GatedClassResolver extends DefaultClassResolver {
  private final ClassGate gate;

  GatedClassResolver(ClassGate gate) {
    this.gate = gate;
    this.classToNameId = new IdentityObjectIntMap<>();
    this.nameIdToClass = new IntMap<>();
  }

  @Override
  @SuppressWarnings("rawtypes") // Kryo's signature
  public Registration registerImplicit(Class type) {
    gate.check(type);
    return super.registerImplicit(type);
  }

  @Override
  @SuppressWarnings("rawtypes") // Kryo's signature
  protected void writeName(Output output, Class type, Registration registration) {
    Class<?> named = registration.getType(); // an enum constant with a body has a class of its own
    output.writeByte(NAME + 2);
    int known = classToNameId.get(named, -1);
    int id = known < 0 ? nextNameId++ : known;
    output.writeVarInt(id, true);
    if (known < 0) {
      classToNameId.put(named, id);
      output.writeString(named.getName());
    }
  }

  @Override
  protected Registration readName(Input input) {
    int id = input.readVarInt(true);
    Class<?> type = nameIdToClass.get(id);
    if (type == null) {
      type = gate.load(((BoundedInput) input).readName());
      nameIdToClass.put(id, type);
    }
    return kryo.getRegistration(type);
  }

  @Override
  public void reset() {
    classToNameId.clear(64);
    nameIdToClass.clear(64);
    nextNameId = 0;
  }
}
