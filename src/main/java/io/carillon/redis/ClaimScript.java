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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How claims are put to their script, and what it answers. */
record ClaimScript(RedisScript script) {

  private static final int FIELDS_OF_ALL = 5;
  private static final int FIELDS = 9;

  Future<Response> run(RedisLink link, long epoch, List<Claim> claims, HandOff to) {
    List<String> args = new ArrayList<>(FIELDS_OF_ALL + FIELDS * claims.size());
    args.add(Long.toString(epoch));
    args.add(to.replica());
    args.add(to.token());
    args.add(Integer.toString(to.room()));
    args.add(Long.toString(RunLedger.LOCAL_QUEUEING.toMillis()));
    claims.forEach(claim -> add(claim, args));
    return script.run(link, args);
  }

  private static void add(Claim claim, List<String> args) {
    args.add(claim.jobId());
    args.add(Long.toString(claim.revision()));
    args.add(Texts.of(claim.due()));
    args.add(Texts.of(claim.occurrence()));
    args.add(
        switch (claim.kind()) {
          case FIRE -> "schedule";
          case CATCH_UP -> "catch-up";
          case SKIP -> "skip";
          case PASS -> "pass";
        });
    Upcoming upcoming = claim.upcoming();
    args.add(upcoming.equals(Upcoming.WAITING) ? "-" : Texts.of(upcoming.nextRunAt()));
    args.add(Texts.of(upcoming.dueAt()));
    args.add(Texts.of(claim.missed().map(Missed::latest)));
    args.add(Long.toString(claim.missed().map(Missed::count).orElse(0L)));
  }

  static List<ClaimResult> results(Response response, int claims) {
    if (response.type() == ResponseType.MULTI) {
      return response.stream().map(ClaimScript::result).toList();
    }
    ClaimResult refusal =
        response.toString().equals("fenced")
            ? new ClaimResult.Fenced()
            : new ClaimResult.SchedulerPaused();
    return Collections.nCopies(claims, refusal);
  }

  private static ClaimResult result(Response reply) {
    if (reply.type() == ResponseType.NUMBER) {
      return new ClaimResult.Early(Duration.ofMillis(reply.toLong()));
    }
    if (reply.type() == ResponseType.MULTI) {
      return new ClaimResult.HandedOff(
          RunId.parse(reply.get(0).toString()).orElseThrow(),
          Texts.instant(reply.get(1).toString()),
          Texts.present(reply.get(2).toString()));
    }
    String text = reply.toString();
    if (text.isEmpty()) {
      return new ClaimResult.Stale();
    }
    return RunId.parse(text)
        .<ClaimResult>map(ClaimResult.Claimed::new)
        .orElseGet(() -> new ClaimResult.Refused(text));
  }
}
