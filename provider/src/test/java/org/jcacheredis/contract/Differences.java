// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.expiry.Duration;
import org.jcacheredis.contract.Observation.Written;
import org.jcacheredis.contract.Step.Failing;

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
      boolean written = Boolean.FALSE.equals(reference.result());
      return written ? reference.withCounted(new Counters(0, 1, 0, 0)) : reference;
    }
  },

  /** A loaded value is given to the caller also when the policy keeps it out of the cache. */
  LOADED_WITH_ZERO_CREATION {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return (step.operation() == StepOperation.GET || step.operation() == StepOperation.GET_ALL)
          && zeroCreation(step)
          && step.answers().failing() != Failing.LOADER;
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      return reference.loaded().isEmpty()
          ? reference
          : reference.withResult(loadedResult(step, reference));
    }
  },

  /** An entry that ended by being read cannot be removed any more; the writer is still asked. */
  ITERATOR_REMOVE_AFTER_ZERO_ACCESS {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return step.operation() == StepOperation.ITERATOR_REMOVE
          && Duration.ZERO.equals(step.answers().access());
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      Counters counted = reference.counted();
      return reference
          .withTold(List.of())
          .withCounted(new Counters(counted.hits(), counted.misses(), counted.puts(), 0));
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
      if (reference.result() != null) {
        return reference; // the writer failed
      }
      long live = step.keys().stream().filter(liveBefore::contains).count();
      return reference.withCounted(new Counters(0, 0, 0, live));
    }
  },

  /** If the writer fails after the processor, nothing has happened, so nothing is counted. */
  WRITER_FAILS_AFTER_PROCESSOR {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return step.operation().name().startsWith("INVOKE")
          && step.answers().failing() == Failing.WRITER;
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      return reference.written().isEmpty() ? reference : reference.withCounted(Counters.NONE);
    }
  },

  /** Whatever fails inside a processor arrives as an EntryProcessorException. */
  LOADER_FAILS_IN_PROCESSOR {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return step.operation().name().startsWith("INVOKE")
          && step.answers().failing() == Failing.LOADER;
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      boolean failed = "CacheLoaderException".equals(reference.result());
      return failed ? reference.withResult("EntryProcessorException") : reference;
    }
  },

  /**
   * getAll asks for all absent keys in one loadAll, so a failure comes after all were looked up.
   */
  GET_ALL_LOADS_IN_BULK {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return step.operation() == StepOperation.GET_ALL
          && step.answers().failing() == Failing.LOADER;
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      if (!"CacheLoaderException".equals(reference.result())) {
        return reference;
      }
      List<String> absent =
          step.keys().stream().filter(key -> !liveBefore.contains(key)).sorted().toList();
      long hits = step.keys().size() - absent.size();
      return reference.withLoaded(absent).withCounted(new Counters(hits, absent.size(), 0, 0));
    }
  },

  /** loadAll without replacing does not call the loader when every key is there. */
  LOAD_ALL_OF_PRESENT_KEYS {
    @Override
    boolean concerns(Step step, List<String> liveBefore) {
      return step.operation() == StepOperation.LOAD_ALL && liveBefore.containsAll(step.keys());
    }

    @Override
    Observation correct(Step step, List<String> liveBefore, Observation reference) {
      return reference.withResult(null);
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
      if (liveBefore.isEmpty()) {
        return reference.withResult(null).withWritten(List.of());
      }
      boolean writes = !reference.written().isEmpty();
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
