// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;

/** Imports point down only, and what is foreign is known to one package or class. */
@AnalyzeClasses(locations = ArchitectureTest.Provider.class)
class ArchitectureTest {
  private static final String ROOT = "org.jcacheredis";
  private static final String PROVIDER = ROOT + "..";
  private static final String CODEC = ROOT + ".codec..";
  private static final String PROCESSOR = ROOT + ".processor..";

  /** What ships, and neither tests nor the kit they use. */
  static final class Provider implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> test) {
      return Set.of(
          Location.of(
              RedisCachingProvider.class.getProtectionDomain().getCodeSource().getLocation()));
    }
  }

  private static String internal(String name) {
    return ROOT + ".internal." + name + "..";
  }

  // who may import what

  @ArchTest
  static final ArchRule entry_importsNothingOfTheProvider =
      classes()
          .that()
          .resideInAPackage(internal("entry"))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              internal("entry"), "java..", "javax.cache..", "org.jspecify.annotations..");

  @ArchTest static final ArchRule codec_importsNothingOfTheProvider = importsOnly(CODEC);

  @ArchTest static final ArchRule processor_importsNothingOfTheProvider = importsOnly(PROCESSOR);

  @ArchTest
  static final ArchRule settings_importsCodecAlone = importsOnly(internal("settings"), CODEC);

  @ArchTest
  static final ArchRule connection_importsSettingsAndEntry =
      importsOnly(internal("connection"), internal("settings"), internal("entry"));

  @ArchTest
  static final ArchRule store_importsConnectionAndEntry =
      importsOnly(internal("store"), internal("connection"), internal("entry"));

  @ArchTest
  static final ArchRule integration_importsStoreAndEntry =
      importsOnly(internal("integration"), internal("store"), internal("entry"));

  @ArchTest
  static final ArchRule event_importsWhatIsBelow =
      importsOnly(
          internal("event"),
          internal("store"),
          internal("connection"),
          internal("settings"),
          internal("entry"));

  @ArchTest
  static final ArchRule management_importsEntryAndTheApi =
      importsOnly(internal("management"), internal("entry"), ROOT);

  @ArchTest
  static final ArchRule local_importsWhatIsBelow =
      importsOnly(
          internal("local"),
          internal("store"),
          internal("connection"),
          internal("settings"),
          internal("entry"));

  @ArchTest
  static final ArchRule group_importsWhatIsBelow =
      importsOnly(
          internal("group"),
          internal("store"),
          internal("connection"),
          internal("settings"),
          internal("entry"));

  @ArchTest
  static final ArchRule group_isImportedByCacheAndManagerAlone =
      classes()
          .that()
          .resideInAPackage(internal("group"))
          .should()
          .onlyHaveDependentClassesThat(
              resideInAnyPackage(internal("group"), internal("cache"), internal("manager")));

  @ArchTest
  static final ArchRule cache_importsWhatIsBelow =
      noClasses()
          .that()
          .resideInAPackage(internal("cache"))
          .should()
          .dependOnClassesThat(
              resideInAPackage(internal("manager")).or(type(RedisCachingProvider.class)));

  @ArchTest
  static final ArchRule manager_isImportedByTheProviderAlone =
      classes()
          .that()
          .resideInAPackage(internal("manager"))
          .should()
          .onlyHaveDependentClassesThat(
              resideInAPackage(internal("manager")).or(type(RedisCachingProvider.class)));

  @ArchTest
  static final ArchRule api_importsNothingInternal =
      noClasses()
          .that()
          .resideInAPackage(ROOT)
          .and()
          .doNotHaveFullyQualifiedName(RedisCachingProvider.class.getName())
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".internal..");

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching(ROOT + ".internal.(*)..").should().beFreeOfCycles();

  // what is foreign has one door

  @ArchTest
  static final ArchRule jedis_isKnownToConnectionAlone =
      onlyIn(resideOutside(internal("connection")), "redis.clients..");

  @ArchTest
  static final ArchRule kryo_isKnownToCodecAlone =
      onlyIn(resideOutside(CODEC), "com.esotericsoftware..");

  @ArchTest
  static final ArchRule caffeine_isKnownToLocalAlone =
      onlyIn(resideOutside(internal("local")), "com.github.benmanes..");

  @ArchTest
  static final ArchRule typesafeConfig_isKnownToHoconAlone =
      onlyIn(outermostIsNot(ROOT + ".internal.settings.Hocon"), "com.typesafe.config..");

  // habits

  @ArchTest static final ArchRule logging_isNotJavaUtil = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest
  static final ArchRule output_isNotTheConsole = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule threads_areMadeInOnePlace =
      noClasses()
          .that(outermostIsNot(ROOT + ".internal.manager.ManagerThreads"))
          .should(
              Stream.of(Thread.class, ThreadPoolExecutor.class, ForkJoinPool.class)
                  .map(made -> ArchConditions.callConstructorWhere(constructorOf(made)))
                  .reduce((one, other) -> one.or(other))
                  .orElseThrow())
          .orShould()
          .dependOnClassesThat(type(Executors.class));

  @ArchTest
  static final ArchRule names_sayTheRole =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Util|Utils|Helper)(\\$.*)?")
          .orShould()
          .haveNameMatching(".*\\.(Abstract|Base|Default)[A-Z].*");

  /** Anybody may throw the one exception of the API; it imports nothing itself. */
  private static ArchRule importsOnly(String... packages) {
    return noClasses()
        .that()
        .resideInAPackage(packages[0])
        .should()
        .dependOnClassesThat(
            resideInAPackage(PROVIDER)
                .and(not(resideInAnyPackage(packages)))
                .and(outermostIsNot(RedisException.class.getName())));
  }

  private static DescribedPredicate<JavaClass> resideOutside(String inside) {
    return not(resideInAPackage(inside));
  }

  private static ArchRule onlyIn(DescribedPredicate<JavaClass> others, String library) {
    return noClasses().that(others).should().dependOnClassesThat().resideInAPackage(library);
  }

  private static DescribedPredicate<JavaClass> outermostIsNot(String name) {
    return DescribedPredicate.describe(
        "are not in " + name, found -> !found.getName().split("\\$", -1)[0].equals(name));
  }

  private static DescribedPredicate<JavaConstructorCall> constructorOf(Class<?> made) {
    return DescribedPredicate.describe(
        made.getSimpleName(), call -> call.getTargetOwner().isAssignableTo(made));
  }
}
