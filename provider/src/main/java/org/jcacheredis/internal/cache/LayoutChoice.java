// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javax.cache.CacheException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.settings.CacheSettings;
import org.jcacheredis.internal.settings.CacheSettings.Placement;
import org.jcacheredis.internal.store.Eviction;
import org.jcacheredis.internal.store.FieldLifetimes;
import org.jcacheredis.internal.store.FieldLifetimes.Lack;
import org.jcacheredis.internal.store.Layout;
import org.jcacheredis.internal.store.LayoutMark;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which layout a cache gets when it is created: what its settings say, if the server can serve it
 * and does not have the cache in another one.
 *
 * @param redis the server, in the name of the cache
 * @param hearsExpiries whether a listener for expired entries is configured; asked at most once
 */
record LayoutChoice(
    Redis redis,
    CacheSettings settings,
    LayoutMark mark,
    FieldLifetimes fields,
    BooleanSupplier hearsExpiries) {
  private static final Logger LOG = LoggerFactory.getLogger(LayoutChoice.class);
  private static final int DEFAULT_PARTITIONS = 64;

  /** What the server says. */
  private record Findings(@Nullable Layout noted, Lack lack, Eviction eviction) {}

  /**
   * The layout. {@code keys} asks nobody; the others take one or two round trips, and what they
   * choose is noted beside the cache.
   *
   * @throws IllegalArgumentException if the cache is to have a local tier, too
   * @throws CacheException if the server cannot serve it, or has the cache in another layout
   */
  Layout choose() {
    return switch (settings.placement().kind()) {
      case KEYS -> Layout.KEYS;
      case HASH -> hash();
      case AUTO -> auto();
    };
  }

  private Layout hash() {
    String cause = "layout is 'hash'";
    refuseLocalTier(cause);
    refuseLack(cause, fields.lack(redis.callAll(fields.trials())));
    return agreed(mark.claim(wanted()));
  }

  private Layout wanted() {
    return Layout.hash(
        Objects.requireNonNullElse(settings.placement().partitions(), DEFAULT_PARTITIONS));
  }

  private Layout auto() {
    Findings findings = ask();
    if (findings.noted != null) {
      return follow(findings.noted, findings.lack);
    }
    String objection = objection(findings);
    Layout chosen = objection == null ? wanted() : Layout.KEYS;
    Layout noted = mark.claim(chosen);
    if (!noted.equals(chosen)) {
      return follow(noted, findings.lack);
    }
    say(chosen, objection == null ? assent(findings.eviction) : objection);
    return chosen;
  }

  /** All that there is to know, in one round trip. */
  private Findings ask() {
    List<Command> questions = new ArrayList<>(fields.trials());
    int trials = questions.size();
    questions.add(mark.question());
    questions.addAll(Eviction.questions());
    List<Reply> replies = redis.callAll(questions);
    return new Findings(
        mark.read(replies.get(trials)),
        fields.lack(replies.subList(0, trials)),
        Eviction.of(replies.subList(trials + 1, replies.size())));
  }

  private Layout follow(Layout noted, Lack lack) {
    String cause = "%s in the server says '%s'".formatted(mark, noted);
    if (noted.kind() == Layout.Kind.HASH) {
      refuseLocalTier(cause);
      refuseLack(cause, lack);
    }
    say(agreed(noted), cause);
    return noted;
  }

  /** What speaks against hashes; null for nothing. */
  private @Nullable String objection(Findings findings) {
    if (!findings.lack.isNone()) {
      return findings.lack.fact();
    }
    if (findings.eviction == Eviction.SOME) {
      return "the server evicts, which would take many entries at a time";
    }
    if (settings.local().enabled()) {
      return "local.enabled is true";
    }
    return hearsExpiries.getAsBoolean() ? "a listener for expired entries is configured" : null;
  }

  private static String assent(Eviction eviction) {
    return eviction == Eviction.NONE
        ? "the server can, and nothing speaks against it"
        : "the server can; whether it evicts it does not tell";
  }

  private void say(Layout layout, String reason) {
    LOG.info("cache '{}': layout is '{}': {}", settings.name(), layout, reason);
  }

  /** Invalidations name a whole hash; also, what a local tier keeps would save nothing there. */
  private void refuseLocalTier(String cause) {
    if (settings.local().enabled()) {
      throw new IllegalArgumentException(
          "cache '%s': %s, and local.enabled is true, but the server's invalidations name whole hashes; set layout = keys, or local.enabled to false"
              .formatted(settings.name(), cause));
    }
  }

  private void refuseLack(String cause, Lack lack) {
    if (!lack.isNone()) {
      throw new CacheException(
          "cache '%s': %s, but %s; set layout = keys, or %s"
              .formatted(settings.name(), cause, lack.fact(), lack.remedy()));
    }
  }

  /** Lets only a note pass that contradicts nothing in the settings. */
  private Layout agreed(Layout noted) {
    Placement placement = settings.placement();
    if (placement.kind() == Placement.Kind.HASH && noted.kind() == Layout.Kind.KEYS) {
      throw new CacheException(
          "cache '%s': layout is 'hash', but %s in the server says '%s'; set layout = keys or auto, or destroy the cache first"
              .formatted(settings.name(), mark, noted));
    }
    Integer partitions = placement.partitions();
    if (noted.kind() == Layout.Kind.HASH
        && partitions != null
        && partitions != noted.partitions()) {
      throw new CacheException(
          "cache '%s': partitions is '%d', but %s in the server says '%s'; leave partitions out, or destroy the cache first"
              .formatted(settings.name(), partitions, mark, noted));
    }
    return noted;
  }
}
