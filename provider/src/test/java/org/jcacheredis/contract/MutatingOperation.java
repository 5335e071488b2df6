// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.jcacheredis.contract.CacheContract.entries;
import static org.jcacheredis.contract.CacheContract.keys;
import static org.jcacheredis.contract.ParityExpectation.created;
import static org.jcacheredis.contract.ParityExpectation.refused;
import static org.jcacheredis.contract.ParityExpectation.removed;
import static org.jcacheredis.contract.ParityExpectation.updated;

import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;
import org.jcacheredis.testkit.recording.RecordingWriter.Method;

/**
 * Every way to change the entry 'k', and what it must do when the entry is 'v' and when there is
 * none. The loader knows 'loaded' for every key.
 */
public enum MutatingOperation {
  PUT(
      call(c -> c.put("k", "w")),
      updated(null, counters(0, 0, 1, 0), Method.WRITE),
      created(null, counters(0, 0, 1, 0), Method.WRITE)),
  GET_AND_PUT(
      c -> c.getAndPut("k", "w"),
      updated("v", counters(1, 0, 1, 0), Method.WRITE),
      created(null, counters(0, 1, 1, 0), Method.WRITE)),
  PUT_IF_ABSENT(
      c -> c.putIfAbsent("k", "w"),
      refused(false, counters(1, 0, 0, 0)).holding("v"),
      created(true, counters(0, 1, 1, 0), Method.WRITE)),
  PUT_ALL(
      call(c -> c.putAll(entries("k", "w"))),
      updated(null, counters(0, 0, 1, 0), Method.WRITE_ALL),
      created(null, counters(0, 0, 1, 0), Method.WRITE_ALL)),
  REPLACE(
      c -> c.replace("k", "w"),
      updated(true, counters(1, 0, 1, 0), Method.WRITE),
      refused(false, counters(0, 1, 0, 0))),
  REPLACE_EQUAL(
      c -> c.replace("k", "v", "w"),
      updated(true, counters(1, 0, 1, 0), Method.WRITE),
      refused(false, counters(0, 1, 0, 0))),
  REPLACE_DIFFERENT(
      c -> c.replace("k", "x", "w"),
      refused(false, counters(1, 0, 0, 0)).holding("v").asking(Call.ACCESS),
      refused(false, counters(0, 1, 0, 0))),
  GET_AND_REPLACE(
      c -> c.getAndReplace("k", "w"),
      updated("v", counters(1, 0, 1, 0), Method.WRITE),
      refused(null, counters(0, 1, 0, 0))),
  REMOVE(
      c -> c.remove("k"),
      removed(true, counters(0, 0, 0, 1), Method.DELETE),
      refused(false, Counters.NONE).writing(Method.DELETE)),
  REMOVE_EQUAL(
      c -> c.remove("k", "v"),
      removed(true, counters(1, 0, 0, 1), Method.DELETE),
      refused(false, counters(0, 1, 0, 0))),
  REMOVE_DIFFERENT(
      c -> c.remove("k", "x"),
      refused(false, counters(1, 0, 0, 0)).holding("v").asking(Call.ACCESS),
      refused(false, counters(0, 1, 0, 0))),
  GET_AND_REMOVE(
      c -> c.getAndRemove("k"),
      removed("v", counters(1, 0, 0, 1), Method.DELETE),
      refused(null, counters(0, 1, 0, 0)).writing(Method.DELETE)),
  REMOVE_ALL_OF_KEYS(
      call(c -> c.removeAll(keys("k"))),
      removed(null, counters(0, 0, 0, 1), Method.DELETE_ALL),
      refused(null, Counters.NONE).writing(Method.DELETE_ALL)),
  REMOVE_ALL(
      call(Cache::removeAll),
      removed(null, counters(0, 0, 0, 1), Method.DELETE_ALL),
      refused(null, Counters.NONE)),
  CLEAR(call(Cache::clear), refused(null, Counters.NONE), refused(null, Counters.NONE)),
  INVOKE_SET(
      c -> c.invoke("k", MutatingOperation::set),
      updated("set", counters(1, 0, 1, 0), Method.WRITE),
      created("set", counters(0, 1, 1, 0), Method.WRITE)),
  INVOKE_REMOVE(
      c -> c.invoke("k", MutatingOperation::remove),
      removed("removed", counters(1, 0, 0, 1), Method.DELETE),
      refused("removed", counters(0, 1, 0, 0)).writing(Method.DELETE)),
  INVOKE_ALL_SET(
      c -> c.invokeAll(keys("k"), MutatingOperation::set).get("k").get(),
      updated("set", counters(1, 0, 1, 0), Method.WRITE),
      created("set", counters(0, 1, 1, 0), Method.WRITE)),
  ITERATOR_REMOVE(
      MutatingOperation::iterateAndRemove,
      removed("v", counters(1, 0, 0, 1), Method.DELETE).asking(Call.ACCESS),
      refused(null, Counters.NONE)),
  LOAD_ALL_REPLACING(
      call(MutatingOperation::loadAll),
      updated(null, Counters.NONE, null).holding("loaded"),
      created(null, Counters.NONE, null).holding("loaded")),
  READ_THROUGH_GET(
      c -> c.get("k"),
      refused("v", counters(1, 0, 0, 0)).holding("v").asking(Call.ACCESS),
      created("loaded", counters(0, 1, 0, 0), null).holding("loaded"));

  private final Function<Cache<String, String>, Object> body;
  private final ParityExpectation onPresent;
  private final ParityExpectation onAbsent;

  MutatingOperation(
      Function<Cache<String, String>, Object> body,
      ParityExpectation onPresent,
      ParityExpectation onAbsent) {
    this.body = body;
    this.onPresent = onPresent;
    this.onAbsent = onAbsent;
  }

  public Object run(Cache<String, String> cache) {
    return body.apply(cache);
  }

  public ParityExpectation onPresent() {
    return onPresent;
  }

  public ParityExpectation onAbsent() {
    return onAbsent;
  }

  private interface Action {
    void run(Cache<String, String> cache);
  }

  private static Function<Cache<String, String>, Object> call(Action action) {
    return cache -> {
      action.run(cache);
      return null;
    };
  }

  private static Counters counters(long hits, long misses, long puts, long removals) {
    return new Counters(hits, misses, puts, removals);
  }

  private static String set(
      javax.cache.processor.MutableEntry<String, String> entry, Object... arguments) {
    entry.setValue("w");
    return "set";
  }

  private static String remove(
      javax.cache.processor.MutableEntry<String, String> entry, Object... arguments) {
    entry.remove();
    return "removed";
  }

  private static Object iterateAndRemove(Cache<String, String> cache) {
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    if (!entries.hasNext()) {
      return null;
    }
    String value = entries.next().getValue();
    entries.remove();
    return value;
  }

  private static void loadAll(Cache<String, String> cache) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys("k"), true, done);
    try {
      done.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("loadAll did not complete", e);
    }
  }
}
