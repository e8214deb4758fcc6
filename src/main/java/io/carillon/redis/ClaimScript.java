package io.carillon.redis;

import io.carillon.engine.RunLedger;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.HandOff;
import io.carillon.engine.RunLedger.Missed;
import io.carillon.engine.Upcoming;
import io.carillon.job.RunId;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How claims are put to their script, and what it answers. */
record ClaimScript(RedisScript script) {

  Future<Response> send(RedisLink link, long epoch, List<Claim> claims, HandOff to) {
    ScriptCall call =
        script
            .call()
            .with("epoch", epoch)
            .with("replica", to.replica())
            .with("token", to.token())
            .with("room", to.room())
            .with("queueing", RunLedger.LOCAL_QUEUEING);
    claims.forEach(claim -> add(claim, call.item()));
    return call.send(link);
  }

  private static void add(Claim claim, ScriptCall.Item item) {
    Upcoming upcoming = claim.upcoming();
    item.with("job", claim.jobId())
        .with("revision", claim.revision())
        .with("due", claim.due())
        .with("occurrence", claim.occurrence())
        .with("kind", word(claim.kind()))
        .with("after", after(upcoming))
        .with("next", upcoming.nextRunAt())
        .with("next_due", upcoming.dueAt())
        .with("missed", claim.missed().map(Missed::latest))
        .with("missed_count", claim.missed().map(Missed::count).orElse(0L));
  }

  private static String after(Upcoming upcoming) {
    if (upcoming.next().isPresent()) {
      return "next";
    }
    return upcoming.equals(Upcoming.WAITING) ? "waiting" : "nothing";
  }

  private static String word(Claim.Kind kind) {
    return switch (kind) {
      case FIRE -> "schedule";
      case CATCH_UP -> "catch-up";
      case SKIP -> "skip";
      case PASS -> "pass";
    };
  }

  static List<ClaimResult> results(Response reply, int claims) {
    if (reply.type() == ResponseType.MULTI) {
      return reply.stream().map(item -> result(item.toString().split(" "))).toList();
    }
    ClaimResult refusal =
        switch (reply.toString()) {
          case "fenced" -> new ClaimResult.Fenced();
          case "paused" -> new ClaimResult.SchedulerPaused();
          default -> throw new IllegalStateException("reply not understood: " + reply);
        };
    return Collections.nCopies(claims, refusal);
  }

  private static ClaimResult result(String[] words) {
    return switch (words[0]) {
      case "accepted" -> new ClaimResult.Claimed(RunId.parse(words[1]).orElseThrow());
      case "handed-over" ->
          new ClaimResult.HandedOff(
              RunId.parse(words[1]).orElseThrow(),
              Texts.instant(words[2]),
              words.length > 3 ? Optional.of(words[3]) : Optional.empty());
      case "stale" -> new ClaimResult.Stale();
      case "early" -> new ClaimResult.Early(Duration.ofMillis(Long.parseLong(words[1])));
      case "refused" -> new ClaimResult.Refused(words[1]);
      default -> throw new IllegalStateException("reply not understood: " + words[0]);
    };
  }
}
