// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import javax.cache.integration.CacheWriterException;
import org.jcacheredis.testkit.recording.RecordingWriter.Method;
import org.jcacheredis.testkit.recording.RecordingWriter.WriterCall;
import org.junit.jupiter.api.Test;

class RecordingWriterTest {
  private final RecordingWriter<String, Integer> writer = new RecordingWriter<>();

  @Test
  void deleteAll_failingKey_leavesWhatIsNotDone() {
    writer.database().put("a", 1);
    writer.database().put("b", 2);
    writer.failOn("b");
    List<String> keys = new ArrayList<>(List.of("a", "b", "c"));
    assertThatThrownBy(() -> writer.deleteAll(keys))
        .isInstanceOf(CacheWriterException.class)
        .hasMessageContaining("'b'");
    assertThat(keys).containsExactly("b", "c");
    assertThat(writer.database()).containsOnlyKeys("b");
    assertThat(writer.calls())
        .containsExactly(new WriterCall(Method.DELETE_ALL, List.of("a", "b", "c")));
  }

  @Test
  void deleteAll_limit_stopsAfterSoManyUntilHealed() {
    writer.failAfter(2);
    List<String> keys = new ArrayList<>(List.of("a", "b", "c"));
    assertThatThrownBy(() -> writer.deleteAll(keys)).isInstanceOf(CacheWriterException.class);
    assertThat(keys).containsExactly("c");
    writer.heal();
    writer.deleteAll(keys);
    assertThat(keys).isEmpty();
  }
}
