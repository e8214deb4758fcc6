package io.carillon.engine;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The keys that callers give their requests, so that a repeated request makes nothing new. A key
 * belongs to one request, is claimed by whoever tries that request, and carries the id that was
 * drawn for what the request makes. What is made under a claim ({@link JobStore.Put#under}, {@link
 * RunLedger#accept(RunLedger.ByHand, Claim)}) is one change with the note of it at the key, and a
 * claim that has been replaced makes nothing any more: so one key makes one thing, whatever became
 * of the answers in between.
 */
public interface IdempotencyKeys {

  /** How long a key is kept, from its first claim and anew from what was made under it. */
  Duration KEPT = Duration.ofHours(24);

  /**
   * How long a claim keeps others waiting. A request that takes longer may lose its claim, but not
   * make a second thing.
   */
  Duration CLAIM = Duration.ofSeconds(3);

  /**
   * Claims a key before anything is tried under it. May be repeated with the same token; blocks.
   *
   * @throws StoreUnavailable when it is not known whether the key is claimed
   */
  KeyState claimKey(Claim claim);

  /**
   * Ends a claim of which nobody knows what it made: the next one need not wait until it lapses,
   * and goes on with the same id.
   */
  CompletionStage<Void> releaseKey(Claim claim);

  /** Ends a claim under which nothing was made and will be; the key is free. Blocks. */
  void forgetKey(Claim claim);

  /**
   * A request that is about to be tried.
   *
   * @param request tells this request from another one under the same key
   * @param id drawn for what it is to make
   * @param token tells this claim from every other; the fence of what is made under it
   */
  record Claim(String key, String request, String id, String token) {
    public Claim withId(String other) {
      return new Claim(key, request, other, token);
    }
  }

  /** What became of a claim. */
  sealed interface KeyState {
    /**
     * The key is the caller's.
     *
     * @param claim with the id that belongs to the key, drawn by whoever claimed it first
     */
    record Claimed(Claim claim) implements KeyState {}

    /** Another claim of the same request has not lapsed yet. */
    record InProgress() implements KeyState {}

    /** The key belongs to another request. */
    record OtherRequest() implements KeyState {}

    /**
     * The request was carried out.
     *
     * @param id of what it made
     */
    record Made(String id) implements KeyState {}
  }
}
