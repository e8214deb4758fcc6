package io.carillon.api;

import io.carillon.api.json.Json;
import io.carillon.api.problem.ProblemKind;
import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.IdempotentRequests;
import io.carillon.engine.IdempotentRequests.Making;
import io.carillon.engine.IdempotentRequests.Result;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Answers to requests with an {@code Idempotency-Key}. */
@Singleton
public class Idempotency {

  /** For the OpenAPI document. */
  public static final String KEY_MEANING =
      "Makes it safe to repeat the request: 1 to 255 visible ASCII characters, with or without double"
          + " quotes around them. Within 24 hours, requests with the same key and the same body make"
          + " one thing, whatever became of the first one's answer; a repeated one is answered as the"
          + " first was, with Idempotency-Replayed: true. The body is the same if its values are: the"
          + " order of members and white space make no difference, how a number is written does.";

  private static final String REPLAYED = "Idempotency-Replayed";

  private final IdempotentRequests requests;

  Idempotency(IdempotencyKeys keys, RandomGenerator random) {
    this.requests = new IdempotentRequests(keys, random);
  }

  /**
   * Makes something once.
   *
   * @param operation what is to be done, and to which thing
   * @param body with what
   * @param answer shows what was made
   */
  public <T> Response once(
      String key,
      String operation,
      Json body,
      Making<T> making,
      Function<T, ResponseBuilder> answer) {
    Result<T> result = requests.once(key, RequestFingerprint.of(operation, body), making);
    if (result instanceof Result.Made<T> first) {
      return answer.apply(first.made()).build();
    } else if (result instanceof Result.MadeBefore<T> before) {
      return answer.apply(before.made()).header(REPLAYED, "true").build();
    } else if (result instanceof Result.InProgress<T>) {
      throw ProblemKind.CONFLICT.problem("A request with this key is still in progress.");
    }
    throw ProblemKind.IDEMPOTENCY_KEY_REUSED.problem(
        "The key was given to another request: another body, path or operation.");
  }
}
