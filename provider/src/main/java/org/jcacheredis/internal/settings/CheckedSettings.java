// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Settings that stood all checks. Immutable. */
record CheckedSettings(
    ConnectionSettings connection,
    String namespace,
    Events events,
    Layer cacheDefaults,
    Map<NamePattern, Layer> templates,
    Map<String, Layer> caches)
    implements ManagerSettings {

  /**
   * @param problems what was already found wrong; reported together with what is found here
   * @throws IllegalArgumentException with all problems
   */
  static CheckedSettings of(Layer all, Problems problems) {
    checkBlocks(all, problems);
    Layer manager = all.without(ManagerSchema.CACHE_BLOCKS);
    ManagerSchema.SCHEMA.check(manager, List.of(Hocon.ROOT), problems);
    Layer defaults = all.below(ManagerSchema.DEFAULTS);
    CacheSchema.SCHEMA.check(defaults, List.of(Hocon.ROOT, ManagerSchema.DEFAULTS), problems);
    Map<String, Layer> templates = named(all, ManagerSchema.TEMPLATES, problems);
    Map<String, Layer> caches = named(all, ManagerSchema.CACHES, problems);
    problems.throwIfAny();
    checkPool(manager, problems);
    Layer reference = Hocon.defaults().below(ManagerSchema.DEFAULTS);
    checkBounds(defaults.besides(reference), List.of(Hocon.ROOT, ManagerSchema.DEFAULTS), problems);
    checkBounds(ManagerSchema.TEMPLATES, templates, problems);
    checkBounds(ManagerSchema.CACHES, caches, problems);
    problems.throwIfAny();
    return new CheckedSettings(
        ManagerSchema.connection(manager),
        ManagerSchema.NAMESPACE.get(manager),
        ManagerSchema.events(manager),
        defaults,
        byWeight(templates),
        Map.copyOf(caches));
  }

  /** A plain value where settings of caches belong. */
  private static void checkBlocks(Layer all, Problems problems) {
    for (String block : ManagerSchema.CACHE_BLOCKS) {
      Found found = all.values().get(List.of(block));
      if (found != null && found.shape() != Found.Shape.EMPTY_BLOCK) {
        String inside = block.equals(ManagerSchema.DEFAULTS) ? ".SETTING" : ".\"NAME\".SETTING";
        problems.add(
            "property '%s' (%s) is a block, not a value; write %s"
                .formatted(
                    Layer.render(List.of(Hocon.ROOT, block)), found.origin(), block + inside));
      }
    }
  }

  private static Map<NamePattern, Layer> byWeight(Map<String, Layer> templates) {
    Map<NamePattern, Layer> sorted = new TreeMap<>(NamePattern.BY_WEIGHT);
    templates.forEach((pattern, layer) -> sorted.put(new NamePattern(pattern), layer));
    return sorted;
  }

  /** The blocks of one kind by name, each checked. */
  private static Map<String, Layer> named(Layer all, String kind, Problems problems) {
    Map<String, Layer> byName = new LinkedHashMap<>();
    Layer blocks = all.below(kind);
    for (String name : blocks.names()) {
      Layer layer = blocks.below(name);
      CacheSchema.SCHEMA.check(layer, List.of(Hocon.ROOT, kind, name), problems);
      byName.put(name, layer);
      Found own = blocks.values().get(List.of(name));
      if (own != null && own.shape() != Found.Shape.EMPTY_BLOCK) {
        problems.add(
            "property '%s' (%s) is a block, not a value; set one of %s"
                .formatted(
                    Layer.render(List.of(Hocon.ROOT, kind, name)),
                    own.origin(),
                    String.join(", ", CacheSchema.SCHEMA.names())));
      }
    }
    return byName;
  }

  private static void checkPool(Layer manager, Problems problems) {
    int max = ManagerSchema.MAX_SIZE.get(manager);
    int idle = ManagerSchema.MIN_IDLE.get(manager);
    if (idle > max) {
      problems.add(
          "property 'jcache-redis.pool.min-idle' is '%d'; expected at most pool.max-size, which is %d"
              .formatted(idle, max));
    }
  }

  private static void checkBounds(String kind, Map<String, Layer> blocks, Problems problems) {
    blocks.forEach((name, layer) -> checkBounds(layer, List.of(Hocon.ROOT, kind, name), problems));
  }

  private static void checkBounds(Layer layer, List<String> block, Problems problems) {
    new LocalBound(layer).check(block, problems);
  }

  @Override
  public Set<String> declaredCaches() {
    return caches.keySet();
  }

  @Override
  public CacheSettings cache(String name, Map<String, ?> overrides) {
    Layer own = PropertySource.overrides(overrides, name);
    Problems problems = new Problems();
    CacheSchema.SCHEMA.check(own, List.of(), problems);
    problems.throwIfAny();
    checkBounds(own, List.of(), problems);
    problems.throwIfAny();
    List<Layer> layers = new ArrayList<>(List.of(cacheDefaults));
    templates.forEach(
        (pattern, layer) -> {
          if (pattern.matches(name)) {
            layers.add(layer);
          }
        });
    layers.add(caches.getOrDefault(name, Layer.EMPTY));
    layers.add(own);
    return CacheSchema.cache(
        name,
        layers.stream()
            .map(layer -> new LocalBound(layer).exclusive())
            .reduce(Layer.EMPTY, (weaker, stronger) -> stronger.over(weaker)));
  }

  /** Says nothing of the values: passwords are among them. */
  @Override
  public String toString() {
    return "settings of namespace '" + namespace + "' at " + connection.uri();
  }
}
