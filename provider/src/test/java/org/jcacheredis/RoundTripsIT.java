// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import java.util.Map;
import java.util.stream.Stream;

/** On one string key an entry. */
class RoundTripsIT extends RoundTripsContract {
  @Override
  Map<String, String> settings() {
    return Map.of("layout", "keys");
  }

  @Override
  Stream<Row> rows() {
    return Stream.of(
            reads(),
            puts(),
            conditions(),
            removals(),
            processors(),
            bulkProcessors(),
            scans(),
            extensions())
        .flatMap(rows -> rows);
  }

  private static Stream<Row> reads() {
    return Stream.of(
        Row.of("get", 1, "get").accessed(1, "getex"),
        Row.of("get, absent", 1, "get").accessed(1, "getex"),
        Row.of("getAll", 1, "mget").accessed(1, "getex=4"),
        Row.of("containsKey", 1, "exists"));
  }

  private static Stream<Row> puts() {
    return Stream.of(
        Row.of("put", 1, "set").chosen("evalsha exists set").asked(2, "exists set"),
        Row.of("put, absent", 1, "set").chosen("evalsha exists set").asked(2, "exists set"),
        Row.of("getAndPut", 1, "set").chosen("evalsha get set").asked(2, "exists set"),
        Row.of("putAll", 1, "set=3").chosen("evalsha=3 exists=3 set=3").asked(2, "exists=3 set=3"));
  }

  private static Stream<Row> conditions() {
    return Stream.of(
        Row.of("putIfAbsent", 1, "set").asked(2, "exists set"),
        Row.of("putIfAbsent, present", 1, "set").asked(1, "exists"),
        Row.of("replace", 1, "set").asked(2, "exists set"),
        Row.of("replace, absent", 1, "set").asked(1, "exists"),
        Row.of("getAndReplace", 1, "set").asked(2, "exists set"),
        Row.of("replace equal", 1, "evalsha get set").asked(2, "evalsha get=2 set"),
        Row.of("replace equal, differs", 1, "evalsha get")
            .accessed(2, "evalsha get pexpire")
            .asked(1, "get"));
  }

  private static Stream<Row> removals() {
    return Stream.of(
        Row.of("remove", 1, "unlink"),
        Row.of("getAndRemove", 1, "getdel"),
        Row.of("remove equal", 1, "evalsha get unlink"),
        Row.of("remove equal, differs", 1, "evalsha get").accessed(2, "evalsha get pexpire"),
        Row.of("removeAll of keys", 1, "unlink=3"));
  }

  private static Stream<Row> processors() {
    return Stream.of(
        Row.of("invoke, unchanged", 1, "get"),
        Row.of("invoke, read", 1, "get").accessed(2, "get pexpire"),
        Row.of("invoke, set", 2, "get=2 evalsha set"),
        Row.of("invoke, set absent", 2, "get set"),
        Row.of("invoke, remove", 2, "evalsha get=2 unlink"),
        Row.of("invoke Lua", 1, "evalsha get set").asked(2, "get=2 evalsha set"),
        Row.of("invoke Lua, touch", 1, "evalsha get pexpire").asked(2, "get pexpire"));
  }

  private static Stream<Row> bulkProcessors() {
    return Stream.of(
        Row.of("invokeAll, unchanged", 1, "mget"),
        Row.of("invokeAll, read", 1, "mget").accessed(2, "mget pexpire=2"),
        Row.of("invokeAll, set", 2, "evalsha=2 get=2 mget set=3"),
        Row.of("invokeAll, remove", 2, "evalsha=2 get=2 mget unlink=2"),
        Row.of("invokeAll, some set, some read", 2, "evalsha get mget set")
            .accessed(2, "evalsha get mget pexpire set"),
        Row.of("invokeAll Lua", 1, "evalsha=3 get=3 set=3").asked(2, "evalsha=2 get=2 mget set=3"));
  }

  private static Stream<Row> scans() {
    return Stream.of(
        Row.of("iterator", 2, "mget scan").accessed(5, "mget pexpire=3 scan"),
        Row.of("clear", 2, "scan unlink"),
        Row.of("removeAll", 2, "scan unlink"));
  }

  private static Stream<Row> extensions() {
    return Stream.of(
        Row.of("put with ttl", 1, "set"),
        Row.of("remainingTtl", 1, "pttl"),
        Row.of("size", 1, "scan"));
  }
}
