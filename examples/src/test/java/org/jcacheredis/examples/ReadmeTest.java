// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path PROGRAMS = Path.of("src/main/java/org/jcacheredis/examples");

  @Test
  void program_inReadme_isTheOneThatIsTested() throws Exception {
    String program = program("FifteenLines");

    assertThat(Readme.block("java", "class FifteenLines")).isEqualTo(program);
    assertThat(program.lines()).hasSize(15);
  }

  @Test
  void programBeyondJCache_inReadme_isTheOneThatIsTested() throws Exception {
    assertThat(Readme.block("java", "class BeyondJCache")).isEqualTo(program("BeyondJCache"));
  }

  /** Without its imports. */
  private static String program(String name) throws IOException {
    String source = Files.readString(PROGRAMS.resolve(name + ".java"));
    return source.substring(source.indexOf("public final class"));
  }
}
