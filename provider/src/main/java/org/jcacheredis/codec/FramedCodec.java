// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

/** A codec that leaves room for the format byte, which saves a copy each way. Thread-safe. */
interface FramedCodec {
  /** The format byte, and the value's payload behind it. */
  byte[] encodeFramed(byte header, Object value);

  /** The value of the payload behind the format byte. */
  Object decodeFramed(byte[] framed);

  /** Any codec, at the price of the copies. */
  static FramedCodec of(ValueCodec codec) {
    return new FramedCodec() {
      @Override
      public byte[] encodeFramed(byte header, Object value) {
        return Envelope.framed(header, codec.encode(value));
      }

      @Override
      public Object decodeFramed(byte[] framed) {
        return codec.decode(Envelope.payload(framed));
      }
    };
  }
}
