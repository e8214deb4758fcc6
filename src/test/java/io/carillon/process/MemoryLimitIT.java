package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.process.faults.EditedPackage;
import io.carillon.redis.LedgerOnServer;
import io.carillon.redis.RedisRelease;
import io.carillon.redis.RedisServer;
import io.carillon.redis.ScriptEdits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged service, at work, on a Redis that comes to its memory limit. */
class MemoryLimitIT {

  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");
  private static final int JOBS = 20;
  private static final int ROOM_FOR_CREATES = 1_500_000;
  private static final String LARGE = "x".repeat(8_000);

  /** Where Redis is full and has room by turns, a few creates are refused and the next is not. */
  private static final int REFUSALS_WHEN_FULL = 10;

  @ParameterizedTest
  @EnumSource
  void acceptedWorkDrainsAndAfterDeletionsAllGoesOnByItself(RedisRelease release) throws Exception {
    // Given
    try (RedisServer redis = RedisServer.startAppendOnly(release);
        Receiver receiver = new Receiver();
        LedgerOnServer ledger = new LedgerOnServer(redis);
        ServiceProcess service = aService().with("QUARKUS_REDIS_HOSTS", redis.uri()).start()) {
      Chimes chimes = ring(service.client(), receiver);
      String key = UUID.randomUUID().toString();
      String job = aJob().every("PT1H").to(NOWHERE).json();
      Reply made = Reply.post(service, "/v1/jobs", key, job);
      receiver.hold();
      eventually("webhooks are under way").until(() -> receiver.held().size() >= JOBS);
      int fillers = fill(redis, service);
      Set<String> held = receiver.held();
      String cancelled = held.iterator().next();

      // When
      service.client().post(runPath(cancelled) + "/cancel", "{}");
      receiver.answer();

      // Then
      eventually("what was under way has ended")
          .until(() -> held.stream().allMatch(run -> hasEnded(service, run)));
      assertThat(stateOf(service, cancelled)).isEqualTo("cancelled");
      assertRefusesWhatIsNew(service);
      assertSaysThatItIsFull(service);
      Reply again = Reply.post(service, "/v1/jobs", key, job);
      assertThat(again.replayed()).isTrue();
      assertThat(again.body()).isEqualTo(made.body());
      assertRenewsItsLease(redis);
      String refusedKey = refusedKey(service, job);
      service.client().post("/v1/jobs/filler-0/pause", "{}");
      service.client().post("/v1/jobs/filler-0/resume", "{}");

      // When
      for (int i = 0; i < fillers; i++) {
        service.client().delete("/v1/jobs/filler-" + i);
      }

      // Then
      eventually("it creates again")
          .until(() -> Reply.post(service, "/v1/jobs", refusedKey, job).status() == 201);
      Instant now = Instant.now();
      eventually("it fires again, and what it was late with")
          .untilAsserted(() -> assertThat(chimes.missing(now)).isEmpty());
      assertThat(chimes.ambiguous()).isEmpty();
      assertThat(ledger.violations()).isEmpty();
      eventually("it says that there is room")
          .until(() -> service.client().text("/q/metrics").contains("carillon_redis_full 0.0"));
      assertThat(service.log()).containsOnlyOnce("WARN").doesNotContain("Exception");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereScriptsDoNotBeginWithARemovalNothingDrainsAndNobodyLeads(
      RedisRelease release, @TempDir Path directory) {
    // Given
    Path jar =
        EditedPackage.in(
            directory,
            Map.of(
                "drains",
                text -> ScriptEdits.replace(text, "redis.call('DEL', PREFIX .. 'nothing')", "")));
    try (RedisServer redis = RedisServer.startAppendOnly(release);
        Receiver receiver = new Receiver();
        ServiceProcess service =
            aService().from(jar).with("QUARKUS_REDIS_HOSTS", redis.uri()).start()) {
      ring(service.client(), receiver);
      receiver.hold();
      eventually("webhooks are under way").until(() -> !receiver.held().isEmpty());
      redis.ask("CONFIG", "SET", "maxmemory", "1");
      Set<String> held = receiver.held();

      // When
      receiver.answer();

      // Then
      eventually("nobody leads").until(() -> !service.client().get("/v1/scheduler").has("leader"));
      assertThat(held).noneMatch(run -> hasEnded(service, run));
    }
  }

  /** Jobs of which no occurrence is given up, however long they wait. */
  private static Chimes ring(ServiceClient client, Receiver receiver) {
    Chimes chimes = Chimes.register(client, receiver, JOBS);
    for (int i = 0; i < JOBS; i++) {
      client.patch("/v1/jobs/chime-" + i, "{\"misfire\":{\"threshold\":\"PT1H\"}}");
    }
    return chimes;
  }

  /**
   * Creates jobs until Redis takes no more.
   *
   * @return how many
   */
  private static int fill(RedisServer redis, ServiceProcess service) {
    long limit = usedMemory(redis) + ROOM_FOR_CREATES;
    redis.ask("CONFIG", "SET", "maxmemory", Long.toString(limit));
    int created = 0;
    for (int refusals = 0; refusals < REFUSALS_WHEN_FULL; ) {
      Reply reply =
          Reply.put(service, "filler-" + created, aJob().every("PT1H").to(NOWHERE).sending(LARGE));
      if (reply.status() == 201) {
        created++;
        refusals = 0;
      } else {
        assertRefusal(reply);
        refusals++;
      }
    }
    assertThat(created).isGreaterThan(1);
    return created;
  }

  private static long usedMemory(RedisServer redis) {
    return redis
        .ask("INFO", "memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length()).trim()))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefusal(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(503);
    assertThat(reply.retryAfter()).hasValue("10");
    assertThat(reply.body())
        .contains("/problems/store-unavailable")
        .contains("the request had no effect");
  }

  private static void assertRefusesWhatIsNew(ServiceProcess service) {
    eventuallyRefused(
        () ->
            Reply.put(
                service,
                "unwritten",
                aJob().every("PT1H").to(NOWHERE).sending(LARGE + UUID.randomUUID())));
    eventuallyRefused(
        () ->
            Reply.patch(
                service, "/v1/jobs/filler-1", "{\"description\":\"" + UUID.randomUUID() + "\"}"));
    eventuallyRefused(
        () ->
            Reply.post(
                service, "/v1/jobs/filler-1/run", UUID.randomUUID().toString(), "{\"payload\":1}"));
  }

  /** What is taken all the same, where there was a little room, fills Redis the more. */
  private static void eventuallyRefused(Supplier<Reply> request) {
    eventually("it is refused").untilAsserted(() -> assertRefusal(request.get()));
  }

  private static String refusedKey(ServiceProcess service, String job) {
    String[] key = {""};
    eventuallyRefused(
        () -> {
          key[0] = UUID.randomUUID().toString();
          return Reply.post(service, "/v1/jobs", key[0], job);
        });
    return key[0];
  }

  private static void assertSaysThatItIsFull(ServiceProcess service) {
    eventually("it says that it is full")
        .untilAsserted(
            () -> {
              Reply ready = Reply.get(service, "/q/health/ready");
              assertThat(ready.status()).isEqualTo(200);
              assertThat(ready.body()).containsPattern("\"memoryFull\":\\s*true");
              assertThat(service.client().text("/q/metrics")).contains("carillon_redis_full 1.0");
              assertThat(service.client().get("/v1/scheduler").get("warnings").toString())
                  .contains("Redis is at its memory limit");
            });
  }

  private static void assertRenewsItsLease(RedisServer redis) {
    Supplier<String> renewedAt = () -> redis.ask("HGET", "carillon:{0}:scheduler", "renewedAt");
    String before = renewedAt.get();
    eventually("the lease is renewed").until(() -> !renewedAt.get().equals(before));
    assertThat(redis.ask("GET", "carillon:{0}:lease")).isNotEmpty();
  }

  private static boolean hasEnded(ServiceProcess service, String run) {
    return Set.of("succeeded", "failed", "cancelled").contains(stateOf(service, run));
  }

  private static String stateOf(ServiceProcess service, String run) {
    return service.client().get(runPath(run)).get("state").asText();
  }

  private static String runPath(String run) {
    return "/v1/jobs/" + run.substring(0, run.indexOf('_')) + "/runs/" + run;
  }
}
