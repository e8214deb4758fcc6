package io.carillon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may know whom: {@code schedule} ← {@code job} ← {@code engine} ← {@code redis}, {@code
 * webhook}, {@code api} ← {@code app}.
 */
class ArchitectureTest {

  private static final String ROOT = "io.carillon.";

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.carillon");

  /** A package and all that it may import of ours. */
  private record Floor(String name, List<String> mayKnow) {
    ArchRule rule() {
      String[] strangers =
          FLOORS.stream()
              .map(Floor::name)
              .filter(other -> !other.equals(name) && !mayKnow.contains(other))
              .map(other -> ROOT + other + "..")
              .toArray(String[]::new);
      return noClasses()
          .that()
          .resideInAPackage(ROOT + name + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(strangers);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Floor> FLOORS =
      List.of(
          new Floor("schedule", List.of()),
          new Floor("job", List.of("schedule")),
          new Floor("engine", List.of("schedule", "job")),
          new Floor("redis", List.of("schedule", "job", "engine")),
          new Floor("webhook", List.of("schedule", "job", "engine")),
          new Floor("api", List.of("schedule", "job", "engine")),
          new Floor("app", List.of("schedule", "job", "engine", "redis", "webhook", "api")));

  static Stream<Floor> floorsBelowApp() {
    return FLOORS.stream().filter(floor -> !floor.name.equals("app"));
  }

  @ParameterizedTest
  @MethodSource("floorsBelowApp")
  void aPackageKnowsOnlyWhatStandsBeforeIt(Floor floor) {
    floor.rule().check(SERVICE);
  }

  @Test
  void thereAreNoOtherPackages() {
    List<String> known = FLOORS.stream().map(floor -> ROOT + floor.name + "..").toList();
    classes().should().resideInAnyPackage(known.toArray(String[]::new)).check(SERVICE);
  }

  @Test
  void theCoreIsFreeOfFrameworks() {
    classes()
        .that()
        .resideInAnyPackage(ROOT + "schedule..", ROOT + "job..", ROOT + "engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", ROOT + "schedule..", ROOT + "job..", ROOT + "engine..")
        .check(SERVICE);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("io.carillon.(*)..").should().beFreeOfCycles().check(SERVICE);
  }

  @Test
  void noPackageIsNamedForNothing() {
    List<String> empty = List.of("util", "common", "impl", "model", "dto", "manager", "helper");
    DescribedPredicate<JavaClass> named =
        DescribedPredicate.describe(
            "live in a package named " + empty,
            type -> Arrays.stream(type.getPackageName().split("\\.")).anyMatch(empty::contains));
    noClasses().should(beIn(named)).check(SERVICE);
  }

  private static ArchCondition<JavaClass> beIn(DescribedPredicate<JavaClass> predicate) {
    return ArchConditions.be(predicate);
  }

  /** Control: the rule finds what breaks it. */
  @Test
  void aPackageThatKnowsTooMuchIsFound() {
    Floor blindfolded = new Floor("engine", List.of("schedule"));

    assertThat(blindfolded.rule().evaluate(SERVICE).hasViolation()).isTrue();
  }
}
