// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import javax.cache.expiry.Duration;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;

/** A circumstance that changes what every operation must do in the same way. */
enum ParityCorner {
  PRESENT(true),
  ABSENT(false),
  EXPIRED_UNDERNEATH(false),
  ZERO_ON_PRESENT(true),
  ZERO_ON_ABSENT(false),
  NULL_ON_PRESENT(true),
  ETERNAL_ON_PRESENT(true),
  THROWING_ON_PRESENT(true),
  THROWING_ON_ABSENT(false),
  FAILING_WRITER_ON_PRESENT(true),
  FAILING_WRITER_ON_ABSENT(false),
  FILTERED_ON_PRESENT(true),
  FILTERED_ON_ABSENT(false);

  /** What takes the place of the result when the operation must throw. */
  static final String WRITER_EXCEPTION = "CacheWriterException";

  private final boolean present;

  ParityCorner(boolean present) {
    this.present = present;
  }

  boolean present() {
    return present;
  }

  boolean failsWriting() {
    return this == FAILING_WRITER_ON_PRESENT || this == FAILING_WRITER_ON_ABSENT;
  }

  boolean filtersEvents() {
    return this == FILTERED_ON_PRESENT || this == FILTERED_ON_ABSENT;
  }

  boolean throwsInPolicy() {
    return this == THROWING_ON_PRESENT || this == THROWING_ON_ABSENT;
  }

  /** What the expiry policy answers to the question that the operation asks. */
  Duration answer(Call call) {
    return switch (this) {
      case ZERO_ON_PRESENT, ZERO_ON_ABSENT -> Duration.ZERO;
      case ETERNAL_ON_PRESENT -> Duration.ETERNAL;
      default -> call == Call.CREATION ? Duration.ETERNAL : null;
    };
  }

  /** What the operation must do here. */
  ParityExpectation expected(MutatingOperation operation) {
    ParityExpectation usual = present ? operation.onPresent() : operation.onAbsent();
    return switch (this) {
      case FILTERED_ON_PRESENT, FILTERED_ON_ABSENT -> usual.telling(null);
      case FAILING_WRITER_ON_PRESENT, FAILING_WRITER_ON_ABSENT -> withFailingWriter(usual);
      case ZERO_ON_PRESENT -> withZeroAnswer(operation, usual);
      case ZERO_ON_ABSENT -> withZeroCreation(operation, usual);
      default -> usual;
    };
  }

  private ParityExpectation withFailingWriter(ParityExpectation usual) {
    if (usual.written() == null) {
      return usual;
    }
    return usual.giving(WRITER_EXCEPTION).holding(present ? "v" : null).telling(null);
  }

  private static ParityExpectation withZeroAnswer(
      MutatingOperation operation, ParityExpectation usual) {
    if (operation == MutatingOperation.ITERATOR_REMOVE) { // the entry ended by being read
      return usual.telling(null).counting(new Counters(1, 0, 0, 0));
    }
    return usual.asked() == null ? usual : usual.holding(null);
  }

  private static ParityExpectation withZeroCreation(
      MutatingOperation operation, ParityExpectation usual) {
    if (usual.asked() != Call.CREATION) {
      return usual;
    }
    Counters counted = usual.counted();
    return usual
        .holding(null)
        .telling(null)
        .counting(new Counters(counted.hits(), counted.misses(), 0, 0))
        .giving(operation == MutatingOperation.PUT_IF_ABSENT ? false : usual.result());
  }
}
