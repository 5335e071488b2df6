// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The policies of {@code javax.cache} itself, which a provider may take short cuts for. One manager
 * creates entries, another uses them under the policy; for back ends that share.
 */
abstract class StandardExpiryContract extends CacheContract {

  private static final Duration CREATED = new Duration(TimeUnit.MILLISECONDS, 700);
  private static final Duration LONG = new Duration(TimeUnit.HOURS, 1);

  /** What a use of an entry is to the policy. */
  enum Kind {
    NEITHER,
    ACCESS,
    UPDATE
  }

  /** The policies, and which uses give an entry a new lifetime. */
  enum Policy {
    CREATED(CreatedExpiryPolicy::factoryOf, Kind.NEITHER),
    ACCESSED(AccessedExpiryPolicy::factoryOf, Kind.ACCESS),
    MODIFIED(ModifiedExpiryPolicy::factoryOf, Kind.UPDATE),
    TOUCHED(TouchedExpiryPolicy::factoryOf, Kind.ACCESS, Kind.UPDATE),
    ETERNAL(duration -> EternalExpiryPolicy.factoryOf(), Kind.NEITHER);

    private final Function<Duration, Factory<? extends ExpiryPolicy>> factory;
    private final Set<Kind> renewing;

    Policy(Function<Duration, Factory<? extends ExpiryPolicy>> factory, Kind... renewing) {
      this.factory = factory;
      this.renewing = Stream.of(renewing).collect(Collectors.toSet());
    }

    boolean renews(Use use) {
      return use.kind != Kind.NEITHER && renewing.contains(use.kind);
    }
  }

  /** Uses of the entry of a key whose value is 'v'. */
  enum Use {
    CONTAINS_KEY(Kind.NEITHER, (c, k) -> c.containsKey(k)),
    PUT_IF_ABSENT(Kind.NEITHER, (c, k) -> c.putIfAbsent(k, "w")),
    EXISTS(Kind.NEITHER, (c, k) -> c.invoke(k, (entry, arguments) -> entry.exists())),
    GET(Kind.ACCESS, (c, k) -> c.get(k)),
    GET_ALL(Kind.ACCESS, (c, k) -> c.getAll(keys(k))),
    GET_VALUE(Kind.ACCESS, (c, k) -> c.invoke(k, (entry, arguments) -> entry.getValue())),
    REMOVE_DIFFERENT(Kind.ACCESS, (c, k) -> c.remove(k, "x")),
    REPLACE_DIFFERENT(Kind.ACCESS, (c, k) -> c.replace(k, "x", "w")),
    PUT(Kind.UPDATE, (c, k) -> c.put(k, "w")),
    PUT_ALL(Kind.UPDATE, (c, k) -> c.putAll(entries(k, "w"))),
    GET_AND_PUT(Kind.UPDATE, (c, k) -> c.getAndPut(k, "w")),
    REPLACE(Kind.UPDATE, (c, k) -> c.replace(k, "w")),
    REPLACE_EQUAL(Kind.UPDATE, (c, k) -> c.replace(k, "v", "w")),
    GET_AND_REPLACE(Kind.UPDATE, (c, k) -> c.getAndReplace(k, "w")),
    SET_VALUE(
        Kind.UPDATE,
        (c, k) ->
            c.<Object>invoke(
                k,
                (entry, arguments) -> {
                  entry.setValue("w");
                  return null;
                }));

    private final Kind kind;
    private final BiConsumer<Cache<String, String>, String> body;

    Use(Kind kind, BiConsumer<Cache<String, String>, String> body) {
      this.kind = kind;
      this.body = body;
    }
  }

  StandardExpiryContract(Backend backend) {
    super(backend);
  }

  private Cache<String, String> creating(Duration duration) {
    return create(strings().setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(duration)));
  }

  private Cache<String, String> using(Cache<String, String> cache, Policy policy, Duration to) {
    return anotherManager()
        .createCache(cache.getName(), strings().setExpiryPolicyFactory(policy.factory.apply(to)));
  }

  private static Set<Use> alive(Cache<String, String> cache) {
    return EnumSet.allOf(Use.class).stream()
        .filter(use -> cache.containsKey(use.name()))
        .collect(Collectors.toSet());
  }

  private static Set<Use> renewedBy(Policy policy) {
    return EnumSet.allOf(Use.class).stream().filter(policy::renews).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void use_ofAnEntryThatWillEnd_renewsItIfThePolicySaysSo(Policy policy) {
    Cache<String, String> creating = creating(CREATED);
    Cache<String, String> using = using(creating, policy, LONG);
    for (Use use : Use.values()) {
      creating.put(use.name(), "v");
      use.body.accept(using, use.name());
    }
    creating.put("witness", "v");
    Awaitility.await().until(() -> !creating.containsKey("witness"));
    assertThat(alive(creating)).isEqualTo(renewedBy(policy));
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void use_underAZeroLifetime_endsTheEntryIfThePolicySaysSo(Policy policy) {
    Cache<String, String> creating = creating(Duration.ETERNAL);
    Cache<String, String> using = using(creating, policy, Duration.ZERO);
    for (Use use : Use.values()) {
      creating.put(use.name(), "v");
      use.body.accept(using, use.name());
    }
    Set<Use> expected = EnumSet.allOf(Use.class);
    expected.removeAll(renewedBy(policy));
    assertThat(alive(creating)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void use_underAnEternalLifetime_freesTheEntryIfThePolicySaysSo(Policy policy) {
    Cache<String, String> creating = creating(CREATED);
    Cache<String, String> using = using(creating, policy, Duration.ETERNAL);
    for (Use use : Use.values()) {
      creating.put(use.name(), "v");
      use.body.accept(using, use.name());
    }
    creating.put("witness", "v");
    Awaitility.await().until(() -> !creating.containsKey("witness"));
    assertThat(alive(creating)).isEqualTo(renewedBy(policy));
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void iteration_overEntriesThatWillEnd_renewsThemIfThePolicySaysSo(Policy policy) {
    Cache<String, String> creating = creating(CREATED);
    Cache<String, String> using = using(creating, policy, LONG);
    creating.put("k", "v");
    using.forEach(entry -> {});
    creating.put("witness", "v");
    Awaitility.await().until(() -> !creating.containsKey("witness"));
    assertThat(creating.containsKey("k")).isEqualTo(policy.renewing.contains(Kind.ACCESS));
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void creation_byEachMethod_hasTheLifetimeOfThePolicy(Policy policy) {
    Cache<String, String> cache =
        create(strings().setExpiryPolicyFactory(policy.factory.apply(ExpiryContract.SHORT)));
    cache.put("put", "v");
    cache.putAll(entries("putAll", "v"));
    cache.getAndPut("getAndPut", "v");
    cache.putIfAbsent("putIfAbsent", "v");
    Use.SET_VALUE.body.accept(cache, "invoke");
    if (policy == Policy.ETERNAL) {
      assertThat(cache).hasSize(5);
    } else {
      Awaitility.await().until(() -> !cache.iterator().hasNext());
    }
  }
}
