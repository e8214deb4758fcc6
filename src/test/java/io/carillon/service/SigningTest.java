package io.carillon.service;

import static io.carillon.service.Service.awaitRun;
import static io.carillon.service.Service.json;
import static io.carillon.service.Service.newName;
import static io.carillon.service.Service.patch;
import static io.carillon.service.Service.read;
import static io.carillon.service.Service.runNow;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import io.carillon.service.Receiver.Ring;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SigningTest {

  private static final String OLD = "whsec_" + "b2xk".repeat(8);
  private static final String NEW = "whsec_" + "bmV3".repeat(8);
  private static final String MASK = "whsec_****";

  private Service service;

  @BeforeEach
  void open() throws IOException {
    service = new Service();
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void aChangedSecretAndTheOneBeforeItBothSign() {
    // Given
    String job = signedBy(OLD);
    Ring before = ring(job);

    // When
    patch(job, "{'target':{'signingSecret':'%s'}}".formatted(NEW));

    // Then
    Ring after = ring(job);
    assertThat(before.header("webhook-signature").split(" ")).hasSize(1);
    assertThat(after.header("webhook-signature").split(" ")).hasSize(2);
    assertThatCode(() -> verify(OLD, before)).doesNotThrowAnyException();
    assertThatCode(() -> verify(OLD, after)).doesNotThrowAnyException();
    assertThatCode(() -> verify(NEW, after)).doesNotThrowAnyException();
  }

  @Test
  void whatKeepsTheSecretKeepsTheOneBeforeIt() {
    // Given
    String job = signedBy(OLD);
    patch(job, "{'target':{'signingSecret':'%s'}}".formatted(NEW));
    int revision = read(job).getInt("revision");

    // When
    patch(job, "{'name':'renamed','target':{'signingSecret':'%s'}}".formatted(MASK));
    patch(job, "{'name':'renamed','target':{'signingSecret':'%s'}}".formatted(NEW));

    // Then
    assertThat(ring(job).header("webhook-signature").split(" ")).hasSize(2);
    assertThat(read(job).getInt("revision")).isEqualTo(revision + 1);
  }

  @Test
  void aRemovedSecretSignsNoMore() {
    // Given
    String job = signedBy(OLD);

    // When
    patch(job, "{'target':{'signingSecret':null}}");

    // Then
    assertThat(ring(job).header("webhook-signature")).isNull();
  }

  @Test
  void noSecretIsShownAndNoneButTheJobsOwnCanBeGiven() {
    // Given
    String job = signedBy(OLD);
    patch(job, "{'target':{'signingSecret':'%s'}}".formatted(NEW));

    // When
    String answers =
        Stream.of("/v1/jobs/" + job, "/v1/jobs?tag=service-test", "/v1/jobs/export")
            .map(path -> given().get(path).asString())
            .collect(Collectors.joining());

    // Then
    assertThat(answers).contains(MASK).doesNotContain(OLD, NEW, "retired");
    json("{'retiredSecret':{'secret':'%s','until':'2030-01-01T00:00:00Z'}}".formatted(OLD))
        .patch("/v1/jobs/" + job)
        .then()
        .statusCode(400);
  }

  private String signedBy(String secret) {
    String job = newName("signed");
    return service.jobTo(
        job,
        "'type':'duration','every':'PT9H'",
        service.target(job, "'signingSecret':'%s'".formatted(secret)));
  }

  private Ring ring(String job) {
    awaitRun(runNow(job), "succeeded");
    List<Ring> rings = service.receiver.rings(job);
    return rings.get(rings.size() - 1);
  }

  private static void verify(String secret, Ring ring) throws Exception {
    Map<String, List<String>> headers =
        Stream.of("webhook-id", "webhook-timestamp", "webhook-signature")
            .collect(Collectors.toMap(name -> name, name -> List.of(ring.header(name))));
    new Webhook(secret).verify(ring.body(), HttpHeaders.of(headers, (name, value) -> true));
  }
}
