package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.process.faults.Relay;
import io.carillon.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A request with an idempotency key whose client gets no answer from one replica, and repeats it at
 * another: whatever became of the first try, one thing is made.
 */
class KeyedRequestsIT {

  private static final String RUNNING = "bells";
  private static final int IN_PROGRESS = 409;
  private static final int STORE_UNAVAILABLE = 503;

  private static RedisServer redis;
  private static Receiver receiver;
  private static ServiceProcess other;

  /** Stands in the change that a request makes, and in nothing that is said before it. */
  private final String mark = "mark-" + UUID.randomUUID();

  private final String key = UUID.randomUUID().toString();

  private Relay relay;
  private ServiceProcess first;

  /** What is asked for. */
  enum Wanted {
    A_JOB("/v1/jobs", 201),
    A_RUN("/v1/jobs/" + RUNNING + "/run", 202);

    private final String path;
    private final int status;

    Wanted(String path, int status) {
      this.path = path;
      this.status = status;
    }

    private String json(String mark) {
      return this == A_JOB
          ? aJob().every("P1D").to(receiver.url()).tagged(mark).json()
          : "{\"payload\":\"" + mark + "\"}";
    }

    /** The ids of all that was made; there were none of its kind before. */
    private List<String> made(String mark) {
      JsonNode made =
          this == A_JOB
              ? other.client().get("/v1/jobs?tag=" + mark).get("jobs")
              : other.client().get("/v1/jobs/" + RUNNING + "/runs").get("runs");
      List<String> ids = new ArrayList<>();
      made.forEach(one -> ids.add(one.get("id").asText()));
      return ids;
    }
  }

  @BeforeAll
  static void startTheOther() {
    redis = RedisServer.startAppendOnly();
    receiver = new Receiver();
    other = aService().patient().with("QUARKUS_REDIS_HOSTS", redis.uri()).start();
  }

  @AfterAll
  static void stopTheOther() {
    other.close();
    receiver.close();
    redis.close();
  }

  @BeforeEach
  void open() {
    relay = new Relay(redis.port());
    other.client().put(RUNNING, aJob().every("P1D").to(receiver.url()));
  }

  @AfterEach
  void close() {
    first.close();
    relay.close();
    other.client().delete("/v1/jobs/" + RUNNING);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMadeIsFoundWhereRedisCouldNotTellTheFirstReplica(Wanted wanted) {
    // Given
    first = replica().start();
    relay.loseRepliesFrom(mark);
    eventually()
        .until(
            () ->
                asked(first, wanted).status() == STORE_UNAVAILABLE && !wanted.made(mark).isEmpty());

    // When
    Reply repeated = repeated(other, wanted);

    // Then
    assertIsShownAgain(repeated, wanted);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMadeIsFoundWhereTheFirstReplicaDiedBeforeItsAnswer(Wanted wanted) {
    // Given
    first = replica().patient().start();
    relay.loseRepliesFrom(mark);
    CompletableFuture<Reply> answer = begin(wanted);
    eventually().until(() -> !wanted.made(mark).isEmpty());
    killTheFirst(answer);

    // When
    Reply repeated = repeated(other, wanted);

    // Then
    assertIsShownAgain(repeated, wanted);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheFirstReplicaDidNotLiveToMakeIsMadeOnceItsClaimHasLapsed(Wanted wanted) {
    // Given
    first = replica().patient().start();
    relay.holdBack(mark);
    CompletableFuture<Reply> answer = begin(wanted);
    eventually().until(relay::hasSprung);
    killTheFirst(answer);

    // When
    Reply repeated = repeated(other, wanted);

    // Then
    assertThat(repeated.status()).isEqualTo(wanted.status);
    assertThat(repeated.replayed()).isFalse();
    assertThat(wanted.made(mark)).containsExactly(id(repeated));
    assertIsShownAgain(repeated(other, wanted), wanted);
  }

  @ParameterizedTest
  @EnumSource
  void whatReachesRedisAfterItsClaimWasReplacedMakesNothing(Wanted wanted) {
    // Given
    first = replica().patient().start();
    relay.holdBack(mark);
    CompletableFuture<Reply> late = begin(wanted);
    eventually().until(relay::hasSprung);
    String made = id(repeated(other, wanted));

    // When
    relay.letGo();

    // Then
    eventually().until(late::isDone);
    assertIsShownAgain(late.join(), wanted);
    assertThat(id(late.join())).isEqualTo(made);
  }

  private ServiceProcess.Launch replica() {
    return aService().with("QUARKUS_REDIS_HOSTS", relay.uri());
  }

  private CompletableFuture<Reply> begin(Wanted wanted) {
    return CompletableFuture.supplyAsync(() -> asked(first, wanted));
  }

  private void killTheFirst(CompletableFuture<Reply> answer) {
    first.kill();
    eventually("its client gets no answer").until(answer::isCompletedExceptionally);
  }

  /** The answer as soon as no earlier request with this key is in progress. */
  private Reply repeated(ServiceProcess service, Wanted wanted) {
    return eventually().until(() -> asked(service, wanted), reply -> reply.status() != IN_PROGRESS);
  }

  private Reply asked(ServiceProcess service, Wanted wanted) {
    return Reply.post(service, wanted.path, key, wanted.json(mark));
  }

  private void assertIsShownAgain(Reply reply, Wanted wanted) {
    assertThat(reply.status()).isEqualTo(wanted.status);
    assertThat(reply.replayed()).isTrue();
    assertThat(wanted.made(mark)).containsExactly(id(reply));
  }

  private static String id(Reply reply) {
    try {
      return new ObjectMapper().readTree(reply.body()).get("id").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError(reply.body(), e);
    }
  }
}
