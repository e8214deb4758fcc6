package io.carillon.engine.twin;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.carillon.engine.IdempotencyKeys;
import io.carillon.job.Job;
import io.carillon.job.Run;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The idempotency keys, and what was made under each. */
final class TwinIdempotencyKeys implements IdempotencyKeys {

  private final State state;
  private final Set<Safeguard> missing;

  TwinIdempotencyKeys(State state, Set<Safeguard> missing) {
    this.state = state;
    this.missing = missing;
  }

  /** A key as it stands. */
  record Entry(
      Claim claim, Optional<Instant> claimedUntil, Optional<Made> made, Instant keptUntil) {
    Entry claimed(Claim by, Instant until) {
      return new Entry(by, Optional.of(until), made, keptUntil);
    }

    Entry released() {
      return new Entry(claim, Optional.empty(), made, keptUntil);
    }

    Entry making(Made what, Instant until) {
      return new Entry(claim, claimedUntil, Optional.of(what), until);
    }
  }

  /** What was made, as it was then: a job or a run. */
  record Made(String id, Optional<Job> job, Optional<Run> run) {
    static Made of(Job job) {
      return new Made(job.id(), Optional.of(job), Optional.empty());
    }

    static Made of(Run run) {
      return new Made(run.id().toString(), Optional.empty(), Optional.of(run));
    }
  }

  @Override
  public KeyState claimKey(Claim claim) {
    synchronized (state) {
      Instant now = state.now();
      Entry was =
          find(claim.key())
              .orElse(new Entry(claim, Optional.empty(), Optional.empty(), now.plus(KEPT)));
      if (!was.claim().request().equals(claim.request())) {
        return new KeyState.OtherRequest();
      }
      if (was.made().isPresent()) {
        return new KeyState.Made(was.made().get().id());
      }
      boolean lives =
          was.claimedUntil()
              .filter(until -> until.isAfter(now) && !until.isAfter(now.plus(CLAIM)))
              .isPresent();
      if (lives && !was.claim().token().equals(claim.token())) {
        return new KeyState.InProgress();
      }
      state.requireRoom();
      Claim claimed = claim.withId(was.claim().id());
      state.idempotencyKeys.put(claim.key(), was.claimed(claimed, now.plus(CLAIM)));
      return new KeyState.Claimed(claimed);
    }
  }

  @Override
  public CompletionStage<Void> releaseKey(Claim claim) {
    synchronized (state) {
      if (missing.contains(Safeguard.IDEMPOTENCY_KEY)) {
        state.idempotencyKeys.remove(claim.key());
      } else {
        held(claim).ifPresent(entry -> state.idempotencyKeys.put(claim.key(), entry.released()));
      }
      return completedFuture(null);
    }
  }

  @Override
  public void forgetKey(Claim claim) {
    synchronized (state) {
      if (mayMake(claim)) {
        state.idempotencyKeys.remove(claim.key());
      }
    }
  }

  /** Whether something may be made under a claim. */
  boolean mayMake(Claim claim) {
    return held(claim).filter(entry -> entry.made().isEmpty()).isPresent();
  }

  void noteMade(Claim claim, Made made) {
    state.idempotencyKeys.computeIfPresent(
        claim.key(), (key, entry) -> entry.making(made, state.now().plus(KEPT)));
  }

  Optional<Made> made(String key) {
    return find(key).flatMap(Entry::made);
  }

  private Optional<Entry> held(Claim claim) {
    return find(claim.key())
        .filter(entry -> entry.claimedUntil().isPresent())
        .filter(entry -> entry.claim().token().equals(claim.token()));
  }

  private Optional<Entry> find(String key) {
    return Optional.ofNullable(state.idempotencyKeys.get(key))
        .filter(entry -> entry.keptUntil().isAfter(state.now()));
  }
}
