// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import javax.cache.expiry.Duration;

/** One call of a random history, with the answers that the expiry policy gives meanwhile. */
record Step(
    StepOperation operation, String key, Values values, Set<String> keys, Answers answers) {

  /** Values to store and to compare with. */
  record Values(String value, String other) {}

  /** What the policy answers to creation, access and update. */
  record Answers(Duration creation, Duration access, Duration update) {
    static final Answers ETERNAL = new Answers(Duration.ETERNAL, null, null);

    @Override
    public String toString() {
      return name(creation) + "/" + name(access) + "/" + name(update);
    }

    private static String name(Duration duration) {
      return duration == null ? "unchanged" : duration.isZero() ? "zero" : "eternal";
    }
  }

  private static final String[] KEYS = {"a", "b", "c", "d"};
  private static final String[] VALUES = {"1", "2", "3"};
  private static final Duration[] CREATIONS = {Duration.ETERNAL, Duration.ETERNAL, Duration.ZERO};
  private static final Duration[] OTHERS = {null, null, Duration.ETERNAL, Duration.ZERO};

  static Step random(RandomGenerator random, boolean varyExpiry) {
    return new Step(
        pick(random, StepOperation.values()),
        pick(random, KEYS),
        new Values(pick(random, VALUES), pick(random, VALUES)),
        someKeys(random),
        varyExpiry
            ? new Answers(pick(random, CREATIONS), pick(random, OTHERS), pick(random, OTHERS))
            : Answers.ETERNAL);
  }

  private static Set<String> someKeys(RandomGenerator random) {
    Set<String> keys = new TreeSet<>();
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
