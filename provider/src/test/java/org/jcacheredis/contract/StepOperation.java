// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;

/** The calls random histories are made of; each gives what can be compared. */
enum StepOperation {
  GET((c, s) -> c.get(s.key())),
  GET_ALL((c, s) -> new TreeMap<>(c.getAll(s.keys()))),
  CONTAINS_KEY((c, s) -> c.containsKey(s.key())),
  PUT((c, s) -> nothing(() -> c.put(s.key(), s.value()))),
  PUT_ALL((c, s) -> nothing(() -> c.putAll(s.batch()))),
  GET_AND_PUT((c, s) -> c.getAndPut(s.key(), s.value())),
  PUT_IF_ABSENT((c, s) -> c.putIfAbsent(s.key(), s.value())),
  REMOVE((c, s) -> c.remove(s.key())),
  REMOVE_EQUAL((c, s) -> c.remove(s.key(), s.other())),
  GET_AND_REMOVE((c, s) -> c.getAndRemove(s.key())),
  REPLACE((c, s) -> c.replace(s.key(), s.value())),
  REPLACE_EQUAL((c, s) -> c.replace(s.key(), s.other(), s.value())),
  GET_AND_REPLACE((c, s) -> c.getAndReplace(s.key(), s.value())),
  REMOVE_ALL_OF_KEYS((c, s) -> nothing(() -> c.removeAll(s.keys()))),
  REMOVE_ALL((c, s) -> nothing(c::removeAll)),
  CLEAR((c, s) -> nothing(c::clear)),
  ITERATE((c, s) -> walk(c, "")),
  ITERATOR_REMOVE((c, s) -> walk(c, s.key())),
  LOAD_ALL((c, s) -> load(c, s, false)),
  LOAD_ALL_REPLACING((c, s) -> load(c, s, true)),
  INVOKE_NOTHING((c, s) -> c.invoke(s.key(), (e, a) -> "done")),
  INVOKE_EXISTS((c, s) -> c.invoke(s.key(), (e, a) -> e.exists())),
  INVOKE_GET((c, s) -> c.invoke(s.key(), (e, a) -> e.getValue())),
  INVOKE_SET((c, s) -> c.invoke(s.key(), (e, a) -> set(e, s.value()))),
  INVOKE_GET_SET((c, s) -> c.invoke(s.key(), (e, a) -> e.getValue() + set(e, s.value()))),
  INVOKE_SET_GET((c, s) -> c.invoke(s.key(), (e, a) -> set(e, s.value()) + e.getValue())),
  INVOKE_REMOVE((c, s) -> c.invoke(s.key(), (e, a) -> remove(e))),
  INVOKE_SET_REMOVE((c, s) -> c.invoke(s.key(), (e, a) -> set(e, s.value()) + remove(e))),
  INVOKE_REMOVE_SET((c, s) -> c.invoke(s.key(), (e, a) -> remove(e) + set(e, s.value()))),
  INVOKE_THROW((c, s) -> c.invoke(s.key(), failing(s.value()))),
  INVOKE_ALL_SET((c, s) -> results(c.invokeAll(s.keys(), (e, a) -> (Object) set(e, s.value())))),
  INVOKE_ALL_THROW((c, s) -> results(c.invokeAll(s.keys(), failing(s.value()))));

  private final BiFunction<Cache<String, String>, Step, Object> body;

  StepOperation(BiFunction<Cache<String, String>, Step, Object> body) {
    this.body = body;
  }

  Object run(Cache<String, String> cache, Step step) {
    return body.apply(cache, step);
  }

  private static Object nothing(Runnable action) {
    action.run();
    return null;
  }

  private static String set(MutableEntry<String, String> entry, String value) {
    entry.setValue(value);
    return "set";
  }

  private static String remove(MutableEntry<String, String> entry) {
    entry.remove();
    return "removed";
  }

  private static EntryProcessor<String, String, Object> failing(String value) {
    return (entry, arguments) -> {
      entry.setValue(value);
      throw new IllegalStateException("processor failed, as told");
    };
  }

  // to the end, whatever the order of the entries, and without looking ahead before a removal
  private static Map<String, String> walk(Cache<String, String> cache, String removing) {
    Map<String, String> seen = new TreeMap<>();
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    while (entries.hasNext()) {
      Cache.Entry<String, String> entry = entries.next();
      seen.put(entry.getKey(), entry.getValue());
      if (entry.getKey().equals(removing)) {
        seen.put(entry.getKey(), entry.getValue() + removal(entries));
      }
    }
    return seen;
  }

  private static String removal(Iterator<?> entries) {
    try {
      entries.remove();
      return " removed";
    } catch (CacheWriterException e) {
      return " CacheWriterException";
    }
  }

  private static Object load(Cache<String, String> cache, Step step, boolean replace) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(step.keys(), replace, done);
    try {
      return done.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CacheException("loading failed", e.getCause());
    } catch (Exception e) {
      throw new IllegalStateException("loading did not complete", e);
    }
  }

  private static Map<String, Object> results(Map<String, EntryProcessorResult<Object>> results) {
    Map<String, Object> map = new TreeMap<>();
    results.forEach((key, result) -> map.put(key, resultOf(result)));
    return map;
  }

  private static Object resultOf(EntryProcessorResult<Object> result) {
    try {
      return result.get();
    } catch (EntryProcessorException e) {
      return "EntryProcessorException";
    }
  }
}
