package io.carillon.redis;

import io.carillon.engine.IdempotencyKeys;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Idempotency keys in Redis, a hash each; {@code idempotency.lua} tells its fields. */
public final class RedisIdempotencyKeys implements IdempotencyKeys {

  private final RedisLink link;
  private final RedisScript claim;
  private final RedisScript release;
  private final RedisScript forget;

  public RedisIdempotencyKeys(RedisLink link, RedisSettings settings) {
    this(link, name -> RedisScript.load(name, settings));
  }

  RedisIdempotencyKeys(RedisLink link, Function<String, RedisScript> scripts) {
    this.link = link;
    this.claim = scripts.apply("claim-idempotency-key");
    this.release = scripts.apply("release-idempotency-key");
    this.forget = scripts.apply("forget-idempotency-key");
  }

  @Override
  public KeyState claimKey(Claim wanted) {
    Response answer = claim.call(link, wanted.key(), wanted.request(), wanted.id(), wanted.token());
    return switch (answer.get(0).toString()) {
      case "claimed" -> new KeyState.Claimed(wanted.withId(answer.get(1).toString()));
      case "made" -> new KeyState.Made(answer.get(1).toString());
      case "in-progress" -> new KeyState.InProgress();
      default -> new KeyState.OtherRequest();
    };
  }

  @Override
  public CompletionStage<Void> releaseKey(Claim claimed) {
    return release
        .run(link, List.of(claimed.key(), claimed.token()))
        .<Void>mapEmpty()
        .recover(failure -> Future.failedFuture(RedisLink.unavailable(failure)))
        .toCompletionStage();
  }

  @Override
  public void forgetKey(Claim claimed) {
    forget.call(link, claimed.key(), claimed.token());
  }
}
