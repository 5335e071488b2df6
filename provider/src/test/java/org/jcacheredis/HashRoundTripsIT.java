// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import java.util.Map;
import java.util.stream.Stream;

/** On four hashes, of which k1 and k3 share one, k2 and the absent key another. */
@NeedsFieldLifetimes
class HashRoundTripsIT extends RoundTripsContract {
  private static final String TOUCH = "evalsha hexists hpexpire";

  @Override
  Map<String, String> settings() {
    return Map.of("layout", "hash", "partitions", "4");
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
        Row.of("get", 1, "hget").accessed(1, "hgetex"),
        Row.of("get, absent", 1, "hget").accessed(1, "hgetex"),
        Row.of("getAll", 1, "hmget=2").accessed(1, "hgetex=2"),
        Row.of("containsKey", 1, "hexists"));
  }

  private static Stream<Row> puts() {
    return Stream.of(
        Row.of("put", 1, "evalsha hsetex")
            .timed(1, "hsetex")
            .chosen("evalsha hexists hpttl hsetex")
            .asked(2, "evalsha hexists=2 hpttl hsetex"),
        Row.of("put, absent", 1, "evalsha hsetex=2")
            .timed(1, "hsetex")
            .chosen("evalsha hexists hsetex")
            .asked(2, "hexists hsetex"),
        Row.of("getAndPut", 1, "evalsha hget hpttl hsetex")
            .timed(1, "evalsha hget hsetex")
            .asked(2, "evalsha hexists hget hpttl hsetex"),
        Row.of("putAll", 1, "evalsha=3 hsetex=4")
            .timed(1, "hsetex=3")
            .chosen("evalsha=3 hexists=3 hpttl=2 hsetex=3")
            .asked(2, "evalsha=2 hexists=2 hpttl=4 hsetex=3"));
  }

  private static Stream<Row> conditions() {
    return Stream.of(
        Row.of("putIfAbsent", 1, "hsetex").asked(2, "hexists hsetex"),
        Row.of("putIfAbsent, present", 1, "hsetex").asked(1, "hexists"),
        Row.of("replace", 1, "evalsha hexists hpttl hsetex")
            .timed(1, "hsetex")
            .asked(2, "evalsha hexists=2 hpttl hsetex"),
        Row.of("replace, absent", 1, "evalsha hexists").timed(1, "hsetex").asked(1, "hexists"),
        Row.of("getAndReplace", 1, "evalsha hget hpttl hsetex")
            .timed(1, "evalsha hget hsetex")
            .asked(2, "evalsha hexists hget hpttl hsetex"),
        Row.of("replace equal", 1, "evalsha hget hpttl hsetex")
            .timed(1, "evalsha hget hsetex")
            .asked(2, "evalsha hget=2 hpttl hsetex"),
        Row.of("replace equal, differs", 1, "evalsha hget")
            .accessed(2, "evalsha=2 hexists hget hpexpire")
            .asked(1, "hget"));
  }

  private static Stream<Row> removals() {
    return Stream.of(
        Row.of("remove", 1, "evalsha hdel hexists"),
        Row.of("getAndRemove", 1, "hgetdel"),
        Row.of("remove equal", 1, "evalsha hdel hget"),
        Row.of("remove equal, differs", 1, "evalsha hget")
            .accessed(2, "evalsha=2 hexists hget hpexpire"),
        Row.of("removeAll of keys", 1, "evalsha=3 hdel=2 hexists=3"));
  }

  private static Stream<Row> processors() {
    return Stream.of(
        Row.of("invoke, unchanged", 1, "hget"),
        Row.of("invoke, read", 1, "hget").accessed(2, "hget " + TOUCH),
        Row.of("invoke, set", 2, "evalsha hget=2 hpttl hsetex").timed(2, "evalsha hget=2 hsetex"),
        Row.of("invoke, set absent", 2, "hget hsetex"),
        Row.of("invoke, remove", 2, "evalsha hdel hget=2"),
        Row.of("invoke Lua", 1, "evalsha hget hpttl hsetex")
            .timed(1, "evalsha hget hsetex")
            .asked(2, "evalsha hget=2 hpttl hsetex"),
        Row.of("invoke Lua, touch", 1, "evalsha hget hpexpire").asked(2, "hget " + TOUCH));
  }

  private static Stream<Row> bulkProcessors() {
    return Stream.of(
        Row.of("invokeAll, unchanged", 1, "hmget=2"),
        Row.of("invokeAll, read", 1, "hmget=2")
            .accessed(2, "evalsha=2 hexists=2 hmget=2 hpexpire=2"),
        Row.of("invokeAll, set", 2, "evalsha=2 hget=2 hmget=2 hpttl=2 hsetex=3")
            .timed(2, "evalsha=2 hget=2 hmget=2 hsetex=3"),
        Row.of("invokeAll, remove", 2, "evalsha=2 hdel=2 hget=2 hmget=2"),
        Row.of("invokeAll, some set, some read", 2, "evalsha hget hmget=2 hpttl hsetex")
            .timed(2, "evalsha hget hmget=2 hsetex")
            .accessed(2, "evalsha=2 hexists hget hmget=2 hpexpire hpttl hsetex"),
        Row.of("invokeAll Lua", 1, "evalsha=3 hget=3 hpttl=2 hsetex=3")
            .timed(1, "evalsha=3 hget=3 hsetex=3")
            .asked(2, "evalsha=2 hget=2 hmget=2 hpttl=2 hsetex=3"));
  }

  private static Stream<Row> scans() {
    return Stream.of(
        Row.of("iterator", 1, "hscan=4").accessed(4, "evalsha=3 hexists=3 hpexpire=3 hscan=4"),
        Row.of("clear", 1, "unlink=4"),
        Row.of("removeAll", 1, "unlink=4"));
  }

  private static Stream<Row> extensions() {
    return Stream.of(
        Row.of("put with ttl", 1, "hsetex"),
        Row.of("remainingTtl", 1, "hpttl"),
        Row.of("size", 1, "hlen=4"));
  }
}
