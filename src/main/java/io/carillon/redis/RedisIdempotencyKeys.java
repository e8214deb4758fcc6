package io.carillon.redis;

import io.carillon.engine.IdempotencyKeys;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.concurrent.CompletionStage;

/** Idempotency keys in Redis, a hash each; {@code idempotency.lua} tells its fields. */
public final class RedisIdempotencyKeys implements IdempotencyKeys {

  private final RedisLink link;
  private final RedisScript claim;
  private final RedisScript release;
  private final RedisScript forget;

  public RedisIdempotencyKeys(RedisLink link, Partition partition) {
    this.link = link;
    this.claim = partition.script("claim-idempotency-key");
    this.release = partition.script("release-idempotency-key");
    this.forget = partition.script("forget-idempotency-key");
  }

  @Override
  public KeyState claimKey(Claim wanted) {
    Response reply =
        named(claim, wanted)
            .with("request", wanted.request())
            .with("drawn", wanted.id())
            .await(link);
    return switch (reply.get(0).toString()) {
      case "claimed" -> new KeyState.Claimed(wanted.withId(reply.get(1).toString()));
      case "made" -> new KeyState.Made(reply.get(1).toString());
      case "in-progress" -> new KeyState.InProgress();
      default -> new KeyState.OtherRequest();
    };
  }

  @Override
  public CompletionStage<Void> releaseKey(Claim claimed) {
    return named(release, claimed)
        .send(link)
        .<Void>mapEmpty()
        .recover(failure -> Future.failedFuture(RedisLink.unavailable(failure)))
        .toCompletionStage();
  }

  @Override
  public void forgetKey(Claim claimed) {
    named(forget, claimed).await(link);
  }

  private static ScriptCall named(RedisScript script, Claim claim) {
    return script.call().with("key", claim.key()).with("token", claim.token());
  }
}
