// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Mode;

/** What is measured where the command line names no more than the set. */
final class Sets {
  /** Every benchmark there is. */
  static final List<String> ALL =
      List.of(
          "mix",
          "get",
          "getHot",
          "getAbsent",
          "put",
          "putWithTtl",
          "getAll",
          "putAll",
          "invoke",
          "invokeHot");

  /** Minutes. */
  static final List<Group> SHORT =
      List.of(
          calls(List.of("mix"), platform(1, 16, 64)),
          calls(List.of("getAll", "putAll"), platform(16)),
          calls(List.of("invoke", "invokeHot"), platform(16)));

  /** Hours. */
  static final List<Group> FULL =
      List.of(
          calls(List.of("mix"), platform(1, 4, 8, 16, 64, 200)), calls(ALL, platform(1, 16, 64)));

  private Sets() {}

  private static Group calls(List<String> benchmarks, List<Workers> workers) {
    return new Group(
        Mode.Throughput,
        benchmarks,
        List.of(90),
        List.of(100),
        List.of(Payload.ENTRIES),
        workers,
        Contender.labels());
  }

  private static List<Workers> platform(int... counts) {
    return IntStream.of(counts).mapToObj(Workers::platform).toList();
  }
}
