package io.carillon.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiSettings;
import io.carillon.api.json.BeanConstraints;
import io.carillon.api.json.Binder;
import io.carillon.api.json.JsonReader;
import io.carillon.engine.JobStore;
import io.carillon.engine.Jobs;
import io.carillon.engine.StoreUnavailable;
import jakarta.validation.Validation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchOutageTest {

  private final AtomicInteger asked = new AtomicInteger();

  /** A store that is out of reach. */
  private final JobStore store =
      (JobStore)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {JobStore.class},
              (proxy, method, arguments) -> {
                asked.incrementAndGet();
                throw StoreUnavailable.silent("no answer", new IllegalStateException());
              });

  private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);
  private final Binder binder =
      new Binder(new BeanConstraints(Validation.buildDefaultValidatorFactory().getValidator()));
  private final BatchResource resource =
      new BatchResource(
          binder,
          new Drafts(binder, new ApiSettings(Duration.ofSeconds(1)), clock),
          new Jobs(store, clock, new Random(1)),
          new NewJobIds(clock));

  @Test
  void aStoreOutOfReachIsAskedOnceAndNotForEachJob() {
    // Given
    String job =
        "{\"schedule\":{\"type\":\"duration\",\"every\":\"PT1H\"},"
            + "\"target\":{\"url\":\"http://127.0.0.1:9/\"}}";
    String batch = "{\"jobs\":[{}," + job + "," + job + "," + job + "]}";

    // When
    List<BatchResult> results = resource.accept(JsonReader.read(batch)).results();

    // Then
    assertThat(results).extracting(BatchResult::status).containsExactly(422, 503, 503, 503);
    assertThat(results)
        .filteredOn(result -> result.status() == 503)
        .allSatisfy(
            result ->
                assertThat(result.problem().type()).hasToString("/problems/store-unavailable"));
    assertThat(asked).hasValue(1);
  }
}
