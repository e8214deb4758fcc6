package io.carillon.service;

import static io.carillon.service.Receiver.silence;
import static io.carillon.service.Receiver.statuses;
import static io.carillon.service.Service.awaitRun;
import static io.carillon.service.Service.newName;
import static io.carillon.service.Service.patch;
import static io.carillon.service.Service.read;
import static io.carillon.service.Service.runNow;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.service.Receiver.Ring;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GuardTest {

  private Service service;
  private String guard;
  private String job;

  @BeforeEach
  void open() throws IOException {
    service = new Service();
    guard = newName("guard");
    job =
        service.job(
            newName("guarded"),
            "'guard':{'url':'%s','timeout':'PT10M'}".formatted(service.receiver.url(guard)),
            "'retry':{'maxAttempts':2,'initialDelay':'PT0S'}");
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void theGuardIsAskedOnceBeforeTheFirstAttempt() {
    // Given
    service.receiver.on(guard, statuses(204));
    service.receiver.on(job, statuses(500, 200));

    // When
    String id = runNow(job);

    // Then
    awaitRun(id, "succeeded");
    assertThat(service.receiver.rings()).extracting(Ring::path).containsExactly(guard, job, job);
    assertThat(service.receiver.rings(guard).get(0).header("webhook-id")).isEqualTo(id);
  }

  @Test
  void aGuardThatSaysNoSkipsTheRun() {
    // Given
    service.receiver.on(guard, statuses(403));

    // When
    String id = runNow(job);

    // Then
    assertSkipped(id);
  }

  @Test
  void aGuardThatKeepsSilentSkipsTheRun() {
    // Given
    service.receiver.on(guard, silence());
    patch(job, "{'guard':{'timeout':'PT0.5S'}}");

    // When
    String id = runNow(job);

    // Then
    assertSkipped(id);
  }

  private void assertSkipped(String id) {
    JsonPath run = awaitRun(id, "skipped");
    assertThat(run.getString("reason")).isEqualTo("guard");
    assertThat(service.receiver.rings(job)).isEmpty();
    assertThat(service.receiver.rings(guard)).hasSize(1);
    assertThat(read(job).getInt("counters.skipped")).isEqualTo(1);
    assertThat(read(job).getInt("counters.started")).isZero();
    assertThat(read(job).getMap("lastRun")).isNull();
  }
}
