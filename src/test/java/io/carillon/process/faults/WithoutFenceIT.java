package io.carillon.process.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.process.faults.ReplicaFault.Blow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control of the suite: what it asserts is not so by itself, and its account finds it. */
class WithoutFenceIT {

  @TempDir Path directory;

  /**
   * An occurrence that is claimed twice ends twice only where its first run has ended before the
   * second claim: the receiver answers at once, and still not every freeze shows it.
   */
  private static final int MOST_FREEZES = 6;

  @Test
  void withoutTheFenceAndTheCompareAndSetALeaderThatThawsClaimsWhatTheNewOneClaims() {
    // Given
    try (Bells bells = new Bells(UnsafePackage.in(directory), Duration.ZERO)) {
      List<Account> accounts = new ArrayList<>();

      // When
      do {
        accounts.add(afterAFreeze(bells));
      } while (accounts.size() < MOST_FREEZES && latest(accounts).endedTwice().isEmpty());

      // Then
      assertThat(accounts).allSatisfy(account -> assertThat(account.lost()).isEmpty());
      assertThat(accounts)
          .anySatisfy(account -> assertThat(account.doublesBeyondTheFault()).isNotEmpty());
      assertThat(latest(accounts).endedTwice()).isNotEmpty();
      assertThat(latest(accounts).doubles()).isBetween(1, latest(accounts).fires());
    }
  }

  private static Account afterAFreeze(Bells bells) {
    bells.suffer(new ReplicaFault(Blow.FREEZE, Role.LEADER), Duration.ZERO);
    Trial calm = bells.suffer(new Calm(Duration.ofSeconds(3)), Duration.ZERO);
    bells.awaitEvents(calm);
    return bells.account(calm);
  }

  private static Account latest(List<Account> accounts) {
    return accounts.get(accounts.size() - 1);
  }
}
