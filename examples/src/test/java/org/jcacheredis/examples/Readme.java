// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The blocks of code in the README. */
final class Readme {
  private static final Path FILE = Path.of("../README.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private Readme() {}

  /** The only block in this language that contains this text. */
  static String block(String language, String part) throws IOException {
    return BLOCK
        .matcher(Files.readString(FILE))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> block.group(2))
        .filter(text -> text.contains(part))
        .reduce(
            (first, second) -> {
              throw new IllegalStateException("README.md has two blocks with '" + part + "'");
            })
        .orElseThrow(() -> new IllegalStateException("README.md has no block with '" + part + "'"));
  }
}
