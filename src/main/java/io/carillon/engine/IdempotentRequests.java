package io.carillon.engine;

import io.carillon.engine.IdempotencyKeys.Claim;
import io.carillon.engine.IdempotencyKeys.KeyState;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Carries out requests with an idempotency key.
 *
 * <pre>
 *             ┌────────────── refused: forget ──────────────┐
 *             ▼                                             │
 *   free ── claim ──▶ claimed (id, token) ── make under it ─┼──▶ made (id, as it was made)
 *                        ▲                                  │
 *                        └── outcome unknown: release ──────┘
 *                            nobody left: it lapses
 * </pre>
 *
 * <p>The key is claimed before anything is tried, and what is made and the note of it at the key
 * are one change under the claim's token. So whoever comes later finds out whether the first try
 * made something, and if not, knows that it never will.
 */
public final class IdempotentRequests {

  /** Each lost claim is another request's success, or took longer than a claim lasts. */
  private static final int MOST_CLAIMS = 3;

  private final IdempotencyKeys keys;
  private final RandomGenerator random;

  public IdempotentRequests(IdempotencyKeys keys, RandomGenerator random) {
    this.keys = keys;
    this.random = random;
  }

  /** What a request makes. */
  public interface Making<T> {

    /** An id that nothing else has, or what an id is made of. */
    String draw();

    /**
     * Makes it with the claim's id, under the claim. A refusal is an exception, which is passed on.
     *
     * @return empty when the claim was lost, so that nothing was made
     * @throws StoreUnavailable when it is not known whether it was made, or the store is full
     */
    Optional<T> make(Claim claim);

    /**
     * What was made under a key, as it was then.
     *
     * @return empty when the key is not kept any longer
     */
    Optional<T> made(String key, String id);
  }

  /** What became of a request. */
  public sealed interface Result<T> {
    record Made<T>(T made) implements Result<T> {}

    /** It was made by an earlier request with this key. */
    record MadeBefore<T>(T made) implements Result<T> {}

    /** Another request with this key is being carried out. */
    record InProgress<T>() implements Result<T> {}

    /** The key belongs to another request. */
    record OtherRequest<T>() implements Result<T> {}
  }

  /**
   * Carries out a request, unless one with this key has been.
   *
   * @param request tells it from another one under the same key
   */
  public <T> Result<T> once(String key, String request, Making<T> making) {
    Claim claim = new Claim(key, request, making.draw(), token());
    for (int claims = 0; claims < MOST_CLAIMS; claims++) {
      KeyState state = claim(claim);
      if (state instanceof KeyState.OtherRequest) {
        return new Result.OtherRequest<>();
      } else if (state instanceof KeyState.Claimed claimed) {
        Optional<T> made = make(claimed.claim(), making);
        if (made.isPresent()) {
          return new Result.Made<>(made.get());
        }
      } else if (state instanceof KeyState.Made before) {
        Optional<T> made = making.made(key, before.id());
        if (made.isPresent()) {
          return new Result.MadeBefore<>(made.get());
        }
      } else {
        break;
      }
    }
    return new Result.InProgress<>();
  }

  private KeyState claim(Claim claim) {
    try {
      return keys.claimKey(claim);
    } catch (StoreUnavailable unknown) {
      keys.releaseKey(claim);
      throw unknown;
    }
  }

  private <T> Optional<T> make(Claim claim, Making<T> making) {
    try {
      return making.make(claim);
    } catch (StoreUnavailable unavailable) {
      if (unavailable.full()) {
        forget(claim, unavailable);
      } else {
        // Nobody waits for it: where it does not arrive, the claim lapses.
        keys.releaseKey(claim);
      }
      throw unavailable;
    } catch (RuntimeException refusal) {
      forget(claim, refusal);
      throw refusal;
    }
  }

  private void forget(Claim claim, RuntimeException refusal) {
    try {
      keys.forgetKey(claim);
    } catch (StoreUnavailable unknown) {
      refusal.addSuppressed(unknown);
    }
  }

  private String token() {
    return Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
  }
}
