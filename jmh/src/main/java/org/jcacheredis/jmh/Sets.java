// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;

/** What is measured where the command line names no more than the set. */
final class Sets {
  private static final int VIRTUAL = 1000;

  /** Every benchmark there is. */
  static final List<String> ALL =
      List.of(
          Cell.MIX,
          "get",
          "getHot",
          "getAbsent",
          "put",
          "putWithTtl",
          "getAll",
          "putAll",
          "invoke",
          "invokeHot");

  /** What a run is where the command line names what it wants; it replaces these. */
  static final List<Group> OWN = List.of(calls(platform(1, 16, 64), Cell.MIX));

  /** The questions that matter most, in minutes. */
  static final List<Group> SHORT =
      List.of(
          calls(platform(1, 16, 64), Cell.MIX),
          calls(platform(32), "getAll", "putAll"),
          calls(platform(16), "invoke", "invokeHot"),
          calls(platform(64), "get").timed());

  /** Everything, in an hour and a half. */
  static final List<Group> FULL =
      List.of(
          calls(withVirtual(1, 4, 8, 16, 64, 200), Cell.MIX),
          calls(platform(1, 16, 64), Cell.MIX).reading(100, 50),
          calls(platform(16), "get", "put").filled(1000).sized(20, 100, 1024, 65_536),
          calls(platform(16), "get", "put").filled(Payload.ENTRIES, 1_000_000),
          calls(platform(16), "getHot", "getAbsent", "putWithTtl", "invoke", "invokeHot"),
          calls(platform(32), "getAll", "putAll"),
          calls(withVirtual(1, 64), "get").timed(),
          calls(platform(1, 16), "get", "put").by(Contender.labels(Contender.Place.LOCAL)));

  private Sets() {}

  private static Group calls(List<Workers> workers, String... benchmarks) {
    return new Group(
        Mode.Throughput,
        List.of(benchmarks),
        List.of(90),
        List.of(100),
        List.of(Payload.ENTRIES),
        workers,
        Contender.labels(Contender.Place.REDIS));
  }

  private static List<Workers> platform(int... counts) {
    return IntStream.of(counts).mapToObj(Workers::platform).toList();
  }

  private static List<Workers> withVirtual(int... counts) {
    return Stream.concat(platform(counts).stream(), Stream.of(Workers.virtual(VIRTUAL))).toList();
  }
}
