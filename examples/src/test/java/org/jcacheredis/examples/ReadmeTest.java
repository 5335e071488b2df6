// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path PROGRAM =
      Path.of("src/main/java/org/jcacheredis/examples/FifteenLines.java");

  @Test
  void program_inReadme_isTheOneThatIsTested() throws Exception {
    String source = Files.readString(PROGRAM);
    String withoutImports = source.substring(source.indexOf("public final class"));

    assertThat(Readme.block("java", "FifteenLines")).isEqualTo(withoutImports);
    assertThat(withoutImports.lines()).hasSize(15);
  }
}
