// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Set.of and Map.of iterate, and enums hash, differently in each JVM. */
class KeyStabilityTest {
  @Test
  void encodeKey_inAnotherJvm_givesTheSameBytes() throws Exception {
    EntryCodec codec = Codecs.kryo();
    List<String> here =
        KeySamples.all().stream()
            .map(key -> HexFormat.of().formatHex(codec.encodeKey(key)))
            .toList();

    assertThat(inAnotherJvm()).isEqualTo(here);
  }

  private static List<String> inAnotherJvm() throws IOException, InterruptedException {
    String home = System.getProperty("codec.other.java.home", System.getProperty("java.home"));
    Process process =
        new ProcessBuilder(
                Path.of(home, "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                KeySamples.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().toList();
  }
}
