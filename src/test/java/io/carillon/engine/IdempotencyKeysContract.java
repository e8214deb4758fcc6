package io.carillon.engine;

import static io.carillon.engine.LedgerSteps.done;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.engine.IdempotencyKeys.Claim;
import io.carillon.engine.IdempotencyKeys.KeyState;
import io.carillon.engine.IdempotencyKeys.KeyState.Claimed;
import io.carillon.engine.IdempotentRequests.Making;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.Acceptance.Accepted;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.Ports;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.Job;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What idempotency keys keep to, and what is made under them. */
public abstract class IdempotencyKeysContract {

  private static final Duration A_MOMENT = Duration.ofMillis(1);

  /** Keys lapse by the store's real time too, so longer than any test takes. */
  private static final Duration A_WHILE = Duration.ofMinutes(10);

  private IdempotencyKeys keys;
  private LedgerSteps steps;

  protected abstract Ports ports();

  @BeforeEach
  void begin() {
    keys = ports().idempotencyKeys();
    steps = new LedgerSteps(ports());
  }

  @Test
  void aKeyIsInProgressWhileItsClaimLives() {
    // Given
    KeyState first = keys.claimKey(claim("first"));

    // When
    KeyState second = keys.claimKey(claim("second"));

    // Then
    assertThat(first).isEqualTo(new Claimed(claim("first")));
    assertThat(second).isEqualTo(new KeyState.InProgress());
  }

  @Test
  void aClaimIsRepeatedByItsToken() {
    // Given
    keys.claimKey(claim("first"));

    // When
    KeyState again = keys.claimKey(claim("first"));

    // Then
    assertThat(again).isEqualTo(new Claimed(claim("first")));
  }

  @Test
  void aClaimThatLapsedIsReplacedByOneThatGoesOnWithItsId() {
    // Given
    keys.claimKey(claim("first"));
    ports().pass(IdempotencyKeys.CLAIM.minus(A_MOMENT));
    KeyState before = keys.claimKey(claim("second"));
    ports().pass(A_MOMENT);

    // When
    KeyState after = keys.claimKey(claim("second"));

    // Then
    assertThat(before).isEqualTo(new KeyState.InProgress());
    assertThat(after).isEqualTo(new Claimed(claim("second").withId("first-id")));
  }

  @Test
  void aReleasedKeyIsClaimedAtOnceAndKeepsItsIdAndItsRequest() {
    // Given
    keys.claimKey(claim("first"));
    LedgerSteps.await(keys.releaseKey(claim("first")));

    // When
    KeyState other = keys.claimKey(new Claim("key", "other", "other-id", "other"));
    KeyState second = keys.claimKey(claim("second"));

    // Then
    assertThat(other).isEqualTo(new KeyState.OtherRequest());
    assertThat(second).isEqualTo(new Claimed(claim("second").withId("first-id")));
  }

  @Test
  void aForgottenKeyIsFree() {
    // Given
    keys.claimKey(claim("first"));
    keys.forgetKey(claim("first"));

    // When
    Claim other = new Claim("key", "other", "other-id", "other");
    KeyState after = keys.claimKey(other);

    // Then
    assertThat(after).isEqualTo(new Claimed(other));
  }

  @Test
  void aClaimThatWasReplacedEndsNothing() {
    // Given
    keys.claimKey(claim("first"));
    ports().pass(IdempotencyKeys.CLAIM);
    keys.claimKey(claim("second"));

    // When
    LedgerSteps.await(keys.releaseKey(claim("first")));
    keys.forgetKey(claim("first"));

    // Then
    assertThat(keys.claimKey(claim("third"))).isEqualTo(new KeyState.InProgress());
  }

  @Test
  void whatWasMadeUnderAKeyIsNotForgotten() {
    // Given
    keys.claimKey(claim("first"));
    create(claim("first"));

    // When
    keys.forgetKey(claim("first"));
    LedgerSteps.await(keys.releaseKey(claim("first")));

    // Then
    assertThat(keys.claimKey(claim("second"))).isEqualTo(new KeyState.Made("first-id"));
  }

  @Test
  void aJobThatWasCreatedUnderAKeyIsShownAsItWasThenWhateverBecameOfIt() {
    // Given
    keys.claimKey(claim("first"));
    Job created = done(create(claim("first")));
    Job changed =
        done(ports().jobs().put(steps.replacement(created, aJob().named("other").build())));
    ports().jobs().delete(changed.id(), changed.revision());

    // When
    KeyState state = keys.claimKey(claim("second"));

    // Then
    assertThat(state).isEqualTo(new KeyState.Made("first-id"));
    assertThat(ports().jobs().createdUnder("key", "first-id")).contains(created);
    assertThat(ports().jobs().find("first-id")).isEmpty();
  }

  @Test
  void aJobIsNotCreatedUnderAClaimThatWasReplaced() {
    // Given
    keys.claimKey(claim("first"));
    ports().pass(IdempotencyKeys.CLAIM);
    keys.claimKey(claim("second"));

    // When
    Written late = create(claim("first"));

    // Then
    assertThat(late).isEqualTo(new Written.ClaimLost());
    assertThat(ports().jobs().find("first-id")).isEmpty();
  }

  /** A question that was stuck on its way, while the key was given back for a definite refusal. */
  @Test
  void aJobIsNotCreatedUnderAKeyThatWasForgotten() {
    // Given
    keys.claimKey(claim("first"));
    keys.forgetKey(claim("first"));

    // When
    Written late = create(claim("first"));

    // Then
    assertThat(late).isEqualTo(new Written.ClaimLost());
    assertThat(ports().jobs().find("first-id")).isEmpty();
  }

  @Test
  void aJobThatWasCreatedUnderAKeyAndDeletedIsNotCreatedAgain() {
    // Given
    keys.claimKey(claim("first"));
    Job created = done(create(claim("first")));
    ports().jobs().delete(created.id(), created.revision());

    // When
    Written again = create(claim("first"));

    // Then
    assertThat(again).isEqualTo(new Written.ClaimLost());
    assertThat(ports().jobs().find("first-id")).isEmpty();
  }

  @Test
  void aJobThatHasTheIdOfTheKeyAlreadyWasMadeForIt() {
    // Given
    Job there = steps.dueJob("first-id");
    keys.claimKey(claim("first"));

    // When
    Written written = create(claim("first"));

    // Then
    assertThat(done(written)).isEqualTo(there);
    assertThat(ports().jobs().createdUnder("key", "first-id")).contains(there);
  }

  @Test
  void aRunThatWasAcceptedUnderAKeyIsShownAsItWasThenWhateverBecameOfIt() {
    // Given
    ByHand wanted = byHand(steps.dueJob("bells"));
    keys.claimKey(claim("first"));
    Run accepted = ((Accepted) ports().runs().accept(wanted, claim("first"))).run();
    ports().runs().cancel(accepted.id());
    Job bells = steps.find("bells");
    ports().jobs().delete("bells", bells.revision());

    // When
    KeyState state = keys.claimKey(claim("second"));

    // Then
    assertThat(state).isEqualTo(new KeyState.Made(accepted.id().toString()));
    assertThat(ports().runs().acceptedUnder("key", accepted.id())).contains(accepted);
  }

  @Test
  void aRunThatHasBegunAlreadyIsNotedWithItsAttempts() {
    // Given
    ByHand wanted = byHand(steps.dueJob("bells"));
    ports().runs().accept(wanted);
    TakenRun run = steps.take("a", "one").runs().get(0);
    steps.finish("a", run, LedgerSteps.retry(run, A_WHILE));
    keys.claimKey(claim("first"));

    // When
    ports().runs().accept(wanted, claim("first"));

    // Then
    Run noted = ports().runs().acceptedUnder("key", wanted.id()).orElseThrow();
    assertThat(noted.attempts()).hasSize(1);
    assertThat(ports().runs().find(wanted.id())).contains(noted);
  }

  @Test
  void aRunThatHasEndedAlreadyIsNotedWithItsEnd() {
    // Given
    ByHand wanted = byHand(steps.dueJob("bells"));
    ports().runs().accept(wanted);
    TakenRun run = steps.take("a", "one").runs().get(0);
    steps.finish("a", run, LedgerSteps.failed(run));
    keys.claimKey(claim("first"));

    // When
    ports().runs().accept(wanted, claim("first"));

    // Then
    Run noted = ports().runs().acceptedUnder("key", wanted.id()).orElseThrow();
    assertThat(noted.attempts()).hasSize(1);
    assertThat(ports().runs().find(wanted.id())).contains(noted);
  }

  @Test
  void aRunIsNotAcceptedUnderAClaimThatWasReplaced() {
    // Given
    ByHand wanted = byHand(steps.dueJob("bells"));
    keys.claimKey(claim("first"));
    ports().pass(IdempotencyKeys.CLAIM);
    keys.claimKey(claim("second"));

    // When
    Acceptance late = ports().runs().accept(wanted, claim("first"));

    // Then
    assertThat(late).isEqualTo(new Acceptance.ClaimLost());
    assertThat(ports().runs().runs("bells")).isEmpty();
  }

  @Test
  void whatALimitRefusesIsNotNoted() {
    // Given
    Job bells = steps.dueJob("bells", aJob().limitedTo(new ConcurrencyPolicy(1, OnLimit.SKIP, 1)));
    ports().runs().accept(byHand(bells));
    keys.claimKey(claim("first"));
    RunId second = RunId.byHand("bells", bells.incarnation(), steps.now(), "second");
    ByHand wanted = new ByHand(second, steps.now(), Optional.empty());

    // When
    Acceptance refused = ports().runs().accept(wanted, claim("first"));

    // Then
    assertThat(refused).isEqualTo(new Acceptance.Refused("overlap"));
    assertThat(ports().runs().acceptedUnder("key", second)).isEmpty();
    assertThat(keys.claimKey(claim("first"))).isEqualTo(new Claimed(claim("first")));
  }

  @Test
  void aKeyIsKeptForADayFromWhatWasMadeUnderIt() {
    // Given
    keys.claimKey(claim("first"));
    ports().pass(Duration.ofHours(23));
    create(((Claimed) keys.claimKey(claim("second"))).claim());
    ports().pass(IdempotencyKeys.KEPT.minus(A_WHILE));
    KeyState before = keys.claimKey(claim("third"));
    ports().pass(A_WHILE);

    // When
    KeyState after = keys.claimKey(claim("third"));

    // Then
    assertThat(before).isEqualTo(new KeyState.Made("first-id"));
    assertThat(ports().jobs().createdUnder("key", "first-id")).isEmpty();
    assertThat(after).isEqualTo(new Claimed(claim("third")));
  }

  @Test
  void aKeyUnderWhichNothingWasMadeIsKeptForADayToo() {
    // Given
    keys.claimKey(claim("first"));
    ports().pass(IdempotencyKeys.KEPT);

    // When
    KeyState after = keys.claimKey(claim("second"));

    // Then
    assertThat(after).isEqualTo(new Claimed(claim("second")));
  }

  @Test
  void atTheMemoryLimitWhatWasMadeIsShownAndANewKeyIsRefused() {
    // Given
    keys.claimKey(claim("first"));
    create(claim("first"));
    ports().fillUp();

    // When
    KeyState made = keys.claimKey(claim("second"));

    // Then
    Claim other = new Claim("other", "request", "other-id", "other");
    assertThat(made).isEqualTo(new KeyState.Made("first-id"));
    assertFull(() -> keys.claimKey(other));
    ports().makeRoom();
    assertThat(keys.claimKey(other)).isEqualTo(new Claimed(other));
  }

  @Test
  void aRequestThatComesToTheMemoryLimitAfterItsClaimLeavesTheKeyFree() {
    // Given
    IdempotentRequests requests = new IdempotentRequests(keys, new Random(1));
    Making<Written> making =
        new Making<>() {
          @Override
          public String draw() {
            return "drawn";
          }

          @Override
          public Optional<Written> make(Claim claim) {
            ports().fillUp();
            return Optional.of(create(claim));
          }

          @Override
          public Optional<Written> made(String key, String id) {
            return Optional.empty();
          }
        };

    // When
    assertFull(() -> requests.once("key", "request", making));

    // Then
    ports().makeRoom();
    Claim other = new Claim("key", "other", "other-id", "other");
    assertThat(keys.claimKey(other)).isEqualTo(new Claimed(other));
  }

  private static void assertFull(ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(StoreUnavailable.class, e -> assertThat(e.full()).isTrue());
  }

  private Written create(Claim under) {
    return ports()
        .jobs()
        .put(steps.creation(under.id(), aJob().build(), Optional.of(steps.now())).under(under));
  }

  private ByHand byHand(Job job) {
    RunId id = RunId.byHand(job.id(), job.incarnation(), steps.now(), "x");
    return new ByHand(id, steps.now(), Optional.empty());
  }

  /** A claim of always the same request. */
  private static Claim claim(String token) {
    return new Claim("key", "request", token + "-id", token);
  }
}
