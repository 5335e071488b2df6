// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.cache.expiry.Duration;

/** One call of a random history, and how the collaborators behave meanwhile. */
record Step(StepOperation operation, String key, Values values, Set<String> keys, Answers answers) {

  /** Values to store and to compare with. */
  record Values(String value, String other) {}

  /** Which collaborator fails, if any is configured. */
  enum Failing {
    NONE,
    LOADER,
    WRITER
  }

  /** What the policy answers to creation, access and update, and who fails. */
  record Answers(Duration creation, Duration access, Duration update, Failing failing) {
    @Override
    public String toString() {
      return name(creation) + "/" + name(access) + "/" + name(update) + "/" + failing;
    }

    private static String name(Duration duration) {
      return duration == null ? "unchanged" : duration.isZero() ? "zero" : "eternal";
    }
  }

  private static final String[] KEYS = {"a", "b", "c", "d"};
  private static final String[] VALUES = {"1", "2", "3"};
  private static final Duration[] CREATIONS = {Duration.ETERNAL, Duration.ETERNAL, Duration.ZERO};
  private static final Duration[] OTHERS = {null, null, Duration.ETERNAL, Duration.ZERO};

  private static final Failing[] FAILURES = {
    Failing.NONE, Failing.NONE, Failing.NONE, Failing.NONE, Failing.LOADER, Failing.WRITER
  };

  static Step random(RandomGenerator random, boolean varyExpiry) {
    return new Step(
        pick(random, StepOperation.values()),
        pick(random, KEYS),
        new Values(pick(random, VALUES), pick(random, VALUES)),
        someKeys(random),
        someAnswers(random, varyExpiry));
  }

  private static Answers someAnswers(RandomGenerator random, boolean varyExpiry) {
    Failing failing = pick(random, FAILURES);
    if (!varyExpiry) {
      return new Answers(Duration.ETERNAL, null, null, failing);
    }
    // which hits come before the load that fails is open, so none of them may end an entry
    Duration access = failing == Failing.LOADER ? null : pick(random, OTHERS);
    return new Answers(pick(random, CREATIONS), access, pick(random, OTHERS), failing);
  }

  private static Set<String> someKeys(RandomGenerator random) {
    Set<String> keys = new LinkedHashSet<>();
    keys.add(pick(random, KEYS));
    keys.add(pick(random, KEYS));
    return keys;
  }

  private static <T> T pick(RandomGenerator random, T[] from) {
    return from[random.nextInt(from.length)];
  }

  String value() {
    return values.value();
  }

  String other() {
    return values.other();
  }

  /** All keys of this step with its value. */
  Map<String, String> batch() {
    Map<String, String> batch = new LinkedHashMap<>();
    keys.forEach(each -> batch.put(each, value()));
    return batch;
  }
}
