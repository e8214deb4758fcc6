package io.carillon.app;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.carillon.api.job.DefinitionJson;
import io.carillon.engine.Jobs;
import io.carillon.engine.Precondition;
import io.carillon.job.Definition;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    List<LoggedRequest> rung =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> receiver.findAll(postRequestedFor(anyUrl())), all -> all.size() >= 3);
    assertThat(rung.stream().map(request -> request.getHeader("webhook-id")).distinct())
        .hasSameSizeAs(rung);
    List<Instant> scheduled =
        rung.stream()
            .map(request -> Instant.parse(request.getHeader("carillon-scheduled-at")))
            .sorted()
            .toList();
    for (int i = 1; i < scheduled.size(); i++) {
      assertThat(Duration.between(scheduled.get(i - 1), scheduled.get(i)))
          .isEqualTo(Duration.ofSeconds(1));
    }
  }
}
