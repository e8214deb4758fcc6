package io.carillon.process.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.process.faults.ReplicaFault.Blow;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control of the suite: what it asserts is not so by itself, and its account finds it. */
class WithoutFenceIT {

  @TempDir Path directory;

  @Test
  void withoutTheFenceAndTheCompareAndSetALeaderThatThawsClaimsWhatTheNewOneClaims() {
    // Given
    try (Bells bells = new Bells(UnsafePackage.in(directory))) {
      bells.suffer(new ReplicaFault(Blow.FREEZE, Role.LEADER), Duration.ZERO);

      // When
      Trial calm = bells.suffer(new Calm(Duration.ofSeconds(3)), Duration.ZERO);

      // Then
      bells.awaitEvents(calm);
      Account account = bells.account(calm);
      assertThat(account.lost()).isEmpty();
      assertThat(account.doublesBeyondTheFault()).isNotEmpty();
      assertThat(account.endedTwice()).isNotEmpty();
      assertThat(account.doubles()).isBetween(1, account.fires());
    }
  }
}
