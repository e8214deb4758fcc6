package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service on a machine that has nothing but Java. */
class PackagedServiceIT {

  @TempDir Path data;

  @Test
  void aJobRingsItsReceiverSecondAfterSecond() {
    // Given
    try (Receiver receiver = new Receiver();
        ServiceProcess service = serviceOnOwnRedis()) {

      // When
      service.client().put("ring", aJob().every("PT1S").to(receiver.url()));

      // Then
      eventually().until(() -> receiver.deliveries().size() >= 3);
      List<Delivery> deliveries = receiver.deliveries();
      assertThat(deliveries).allMatch(delivery -> delivery.jobId().equals("ring"));
      assertThat(deliveries).extracting(Delivery::id).doesNotHaveDuplicates();
      assertThat(deliveries)
          .noneMatch(delivery -> delivery.arrivedAt().isBefore(delivery.scheduledAt()));
    }
  }

  @Test
  void jobsSurviveTheKillingOfTheServiceAndRingAgain() {
    // Given
    try (Receiver receiver = new Receiver()) {
      try (ServiceProcess service = serviceOnOwnRedis()) {
        service.client().put("survivor", aJob().every("PT1S").to(receiver.url()));
        eventually().until(() -> !receiver.deliveries().isEmpty());
        service.kill();
      }
      int before = receiver.deliveries().size();

      // When
      try (ServiceProcess restarted = serviceOnOwnRedis()) {

        // Then
        assertThat(restarted.client().get("/v1/jobs/survivor").get("state").asText())
            .isEqualTo("active");
        eventually().until(() -> receiver.deliveries().size() > before);
      }
    }
  }

  @Test
  void nothingIsLeftRunningWhenTheServiceIsKilled() {
    // Given
    try (ServiceProcess service = serviceOnOwnRedis()) {
      assertThat(service.children()).isNotEmpty().allMatch(ProcessHandle::isAlive);

      // When
      service.kill();

      // Then
      service.awaitEndOfChildren();
    }
  }

  private ServiceProcess serviceOnOwnRedis() {
    return aService().patient().with("CARILLON_DATA_DIR", data).start();
  }
}
