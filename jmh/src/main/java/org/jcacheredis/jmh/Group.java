// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;

/**
 * Cells that are measured alike: every combination of what the lists name.
 *
 * @param mode how many calls there are, or how long they take
 * @param reads of the mix alone
 */
record Group(
    Mode mode,
    List<String> benchmarks,
    List<Integer> reads,
    List<Integer> sizes,
    List<Integer> entries,
    List<Workers> workers,
    List<String> contenders) {

  Group {
    benchmarks = List.copyOf(benchmarks);
    benchmarks.forEach(Group::requireKnown);
    reads = List.copyOf(reads);
    sizes = List.copyOf(sizes);
    entries = List.copyOf(entries);
    workers = List.copyOf(workers);
    contenders = List.copyOf(contenders);
    requireAtLeast(0, "reads", reads);
    requireAtLeast(Payload.DIGITS, "size", sizes);
    requireAtLeast(Payload.BATCH, "entries", entries);
    requireAtLeast(1, "threads", workers.stream().map(Workers::count).toList());
  }

  /** The cells, the number of threads changing fastest. */
  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (String benchmark : benchmarks) {
      for (int share : benchmark.equals(Cell.MIX) ? reads : List.of(0)) {
        for (int size : sizes) {
          for (int fill : entries) {
            workers.forEach(each -> cells.add(new Cell(benchmark, share, size, fill, each)));
          }
        }
      }
    }
    return cells;
  }

  /** The same, but for how long each call takes. */
  Group timed() {
    return new Group(Mode.SampleTime, benchmarks, reads, sizes, entries, workers, contenders);
  }

  /** The same with other shares of reads. */
  Group reading(Integer... shares) {
    return new Group(mode, benchmarks, List.of(shares), sizes, entries, workers, contenders);
  }

  /** The same with values of other sizes. */
  Group sized(Integer... characters) {
    return new Group(mode, benchmarks, reads, List.of(characters), entries, workers, contenders);
  }

  /** The same with other numbers of entries. */
  Group filled(Integer... counts) {
    return new Group(mode, benchmarks, reads, sizes, List.of(counts), workers, contenders);
  }

  /** The same by other contenders. */
  Group by(List<String> others) {
    return new Group(mode, benchmarks, reads, sizes, entries, workers, others);
  }

  private static void requireKnown(String benchmark) {
    if (!Sets.ALL.contains(benchmark)) {
      throw new IllegalArgumentException(
          "benchmark '" + benchmark + "' is unknown; expected one of " + Sets.ALL);
    }
  }

  private static void requireAtLeast(int least, String option, List<Integer> values) {
    for (int value : values) {
      if (value < least) {
        throw new IllegalArgumentException(
            "option '" + option + "' is " + value + "; expected " + least + " or more");
      }
    }
  }
}
