package io.carillon.job;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetTest {

  private static final Instant CHANGED = Instant.parse("2026-12-01T09:00:00Z");

  @Test
  void aChangedSecretSignsBesideItsSuccessorForADay() {
    // When
    Target target = signedBy("new").inPlaceOf(signedBy("old"), CHANGED);

    // Then
    Instant end = CHANGED.plus(Target.ROTATION);
    assertThat(target.secretsAt(CHANGED)).containsExactly("new", "old");
    assertThat(target.secretsAt(end.minusMillis(1))).containsExactly("new", "old");
    assertThat(target.secretsAt(end)).containsExactly("new");
  }

  @Test
  void ofSeveralChangesOnlyTheLatestIsRemembered() {
    // When
    Target second = signedBy("second").inPlaceOf(signedBy("first"), CHANGED);
    Target third = signedBy("third").inPlaceOf(second, CHANGED.plusSeconds(1));

    // Then
    assertThat(third.secretsAt(CHANGED.plusSeconds(2))).containsExactly("third", "second");
  }

  @Test
  void anUnchangedSecretKeepsTheEndOfTheOneBeforeIt() {
    // Given
    Target changed = signedBy("new").inPlaceOf(signedBy("old"), CHANGED);

    // When
    Target again = signedBy("new").inPlaceOf(changed, CHANGED.plusSeconds(60));

    // Then
    assertThat(again).isEqualTo(changed);
  }

  @Test
  void aFirstSecretAndARemovedOneHaveNoPredecessor() {
    assertThat(signedBy("new").inPlaceOf(target(), CHANGED).retiredSecret()).isEmpty();
    assertThat(target().inPlaceOf(signedBy("old"), CHANGED).secretsAt(CHANGED)).isEmpty();
  }

  private static Target target() {
    return aJob().build().target();
  }

  private static Target signedBy(String secret) {
    Target plain = target();
    return new Target(
        plain.url(),
        plain.method(),
        plain.headers(),
        plain.body(),
        plain.timeout(),
        plain.success(),
        plain.completion(),
        plain.completionTimeout(),
        Optional.of(secret));
  }
}
