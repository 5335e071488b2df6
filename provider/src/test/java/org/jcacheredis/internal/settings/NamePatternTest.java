// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "*, anything at all, true",
    "*, '', true",
    "com.acme.*, com.acme.User, true",
    "com.acme.*, com.acme.a.b, true",
    "com.acme.*, com.acme, false",
    "com.acme.*, comXacmeXUser, false",
    "*.User, com.acme.User, true",
    "*.User, com.acme.Users, false",
    "a*b*c, aXXbc, true",
    "a*b*c, acb, false",
    "exact, exact, true",
    "exact, exactly, false",
    "'[a]+\\E{}*', '[a]+\\E{}x', true"
  })
  void matches_star_standsForAnyCharacters(String pattern, String name, boolean expected) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(expected);
  }

  @Test
  void byWeight_fewerOtherCharacters_comeFirst() {
    assertThat(
            Stream.of("com.acme.*", "b*", "*", "a*", "****abc")
                .map(NamePattern::new)
                .sorted(NamePattern.BY_WEIGHT)
                .map(NamePattern::text))
        .containsExactly("*", "a*", "b*", "****abc", "com.acme.*");
  }
}
