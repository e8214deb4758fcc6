package io.carillon.engine;

import java.util.Map;

/**
 * Answers kept under the keys that callers gave their requests, so that a repeated request has the
 * effect and the answer of the first. All calls block and may fail with {@link StoreUnavailable}.
 */
public interface Answers {

  /**
   * Claims a key for a request that is about to be carried out, unless it is taken.
   *
   * @param request what tells this request from another one under the same key
   */
  Standing begin(String key, String request);

  /**
   * Keeps the answer under its key for a day; nothing happens when the claim has lapsed and the key
   * is another's by now.
   */
  void keep(Begun claim, Answer answer);

  /** Gives the key back, since nothing was done. */
  void release(Begun claim);

  /** How a key stands. */
  sealed interface Standing {}

  /**
   * The key is the caller's, for as long as a request may reasonably take.
   *
   * @param token tells this claim from a later one
   */
  record Begun(String key, String request, String token) implements Standing {}

  /** Somebody is at it. */
  record InProgress() implements Standing {}

  /** The key belongs to another request. */
  record Another() implements Standing {}

  /** It was answered before. */
  record Kept(Answer answer) implements Standing {}

  /**
   * An answer over HTTP.
   *
   * @param headers those that belong to what was done
   */
  record Answer(int status, Map<String, String> headers, String body) {}
}
