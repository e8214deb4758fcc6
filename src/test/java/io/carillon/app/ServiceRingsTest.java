package io.carillon.app;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.carillon.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.carillon.api.job.DefinitionJson;
import io.carillon.engine.Jobs;
import io.carillon.engine.Precondition;
import io.carillon.job.Definition;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The parts put together, on the embedded Redis. */
@QuarkusTest
class ServiceRingsTest {

  @Inject Jobs jobs;

  private final WireMockServer receiver =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void startReceiver() {
    receiver.start();
    receiver.stubFor(post(anyUrl()).willReturn(ok()));
  }

  @AfterEach
  void stopReceiver() {
    jobs.delete("each-second", Precondition.NONE);
    receiver.stop();
  }

  @Test
  void ringsAJobEachSecondUnderOneNameAnOccurrence() {
    // Given
    Definition eachSecond =
        new DefinitionJson()
            .read(
                """
                {"schedule": {"type": "duration", "every": "PT1S"},
                 "target": {"url": "http://127.0.0.1:%d/ring"}}
                """
                    .formatted(receiver.port()));

    // When
    jobs.put("each-second", eachSecond, Precondition.NONE);

    // Then
    Instant first = Instant.parse(firstOfAll("carillon-scheduled-at"));
    List<String> scheduled =
        Stream.iterate(first, at -> at.plusSeconds(1)).limit(3).map(Instant::toString).toList();
    eventually()
        .untilAsserted(() -> assertThat(rung("carillon-scheduled-at")).containsAll(scheduled));
    assertThat(rung("webhook-id")).doesNotHaveDuplicates();
  }

  private String firstOfAll(String header) {
    eventually().until(() -> !rung(header).isEmpty());
    return rung(header).stream().sorted().findFirst().orElseThrow();
  }

  private List<String> rung(String header) {
    return receiver.findAll(postRequestedFor(anyUrl())).stream()
        .map(request -> request.getHeader(header))
        .toList();
  }
}
