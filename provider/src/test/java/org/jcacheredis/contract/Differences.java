// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.expiry.Duration;
import org.jcacheredis.contract.Observation.Written;

/**
 * Where we differ from the reference implementation on purpose: turns what it did in a step into
 * what we must do. Each has its row in docs/semantics.md, under the same name.
 */
enum Differences {
  /** Removing an absent entry in a processor changes nothing, so nothing is counted or told. */
  PROCESSOR_REMOVE_OF_ABSENT {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return step.operation() == StepOperation.INVOKE_REMOVE && !liveBefore.contains(step.key());
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      Counters counted = reference.counted();
      return reference
          .withTold(List.of())
          .withCounted(new Counters(counted.hits(), counted.misses(), counted.puts(), 0));
    }
  },

  /** A value that was never stored was not there to be hit. */
  PUT_IF_ABSENT_WITH_ZERO_CREATION {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return step.operation() == StepOperation.PUT_IF_ABSENT
          && zeroCreation(step)
          && !liveBefore.contains(step.key());
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      return reference.withCounted(new Counters(0, 1, 0, 0));
    }
  },

  /** A loaded value is given to the caller also when the policy keeps it out of the cache. */
  LOADED_WITH_ZERO_CREATION {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return (step.operation() == StepOperation.GET || step.operation() == StepOperation.GET_ALL)
          && zeroCreation(step);
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      return reference.loaded().isEmpty() ? reference : reference.withResult(loadedResult(step, reference));
    }
  },

  /** {@code removeAll(keys)} counts the removal of live entries only. */
  REMOVE_ALL_OF_EXPIRED_KEYS {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return step.operation() == StepOperation.REMOVE_ALL_OF_KEYS;
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      long live = step.keys().stream().filter(liveBefore::contains).count();
      return reference.withCounted(new Counters(0, 0, 0, live));
    }
  },

  /** {@code removeAll()} asks the writer to delete live entries only. */
  REMOVE_ALL_OF_EXPIRED {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return step.operation() == StepOperation.REMOVE_ALL;
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      boolean writes = !reference.written().isEmpty() && !liveBefore.isEmpty();
      return reference.withWritten(
          writes ? List.of(new Written("DELETE_ALL", liveBefore)) : List.of());
    }
  };

  abstract boolean concerns(Step step, List<String> liveBefore);

  abstract Observation correct(Step step, List<String> liveBefore, Observation reference);

  /** What we must do in a step in which the reference implementation did this. */
  static Observation expected(Step step, List<String> liveBefore, Observation reference) {
    Observation expected = reference;
    for (Differences difference : values()) {
      if (difference.concerns(step, liveBefore)) {
        expected = difference.correct(step, liveBefore, expected);
      }
    }
    return expected;
  }

  private static boolean zeroCreation(Step step) {
    return Duration.ZERO.equals(step.answers().creation());
  }

  @SuppressWarnings("unchecked")
  private static Object loadedResult(Step step, Observation reference) {
    if (step.operation() == StepOperation.GET) {
      return Subject.loadedValue(step.key());
    }
    Map<String, String> all = new TreeMap<>((Map<String, String>) reference.result());
    reference.loaded().forEach(key -> all.computeIfAbsent(key, Subject::loadedValue));
    return all;
  }
}
