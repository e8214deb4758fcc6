package io.carillon.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiSettings;
import io.carillon.api.json.BeanConstraints;
import io.carillon.api.json.Binder;
import io.carillon.engine.DefinitionCodec;
import io.carillon.job.Definition;
import jakarta.validation.Validation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private final Set<Definition> written = new HashSet<>();

  private final DefinitionCodec codec =
      new DefinitionCodec() {
        private final DefinitionJson json = new DefinitionJson();

        @Override
        public String write(Definition definition) {
          written.add(definition);
          return json.write(definition);
        }

        @Override
        public Definition read(String text) {
          return json.read(text);
        }
      };

  private final Binder binder =
      new Binder(new BeanConstraints(Validation.buildDefaultValidatorFactory().getValidator()));
  private final WarmUp warmUp =
      new WarmUp(
          binder,
          new Drafts(
              binder, new ApiSettings(Duration.ofSeconds(1)), InstantSource.fixed(Instant.EPOCH)),
          codec);

  @Test
  void jobsOfEachKindAreGoneThroughAsCallersWouldHaveThem() {
    // When
    warmUp.run(Duration.ofSeconds(10));

    // Then
    assertThat(written)
        .extracting(job -> job.schedule().getClass().getSimpleName())
        .containsExactlyInAnyOrder("DurationSchedule", "CronSchedule");
  }

  @Test
  void noTimeIsNoWarmUp() {
    // When
    warmUp.run(Duration.ZERO);

    // Then
    assertThat(written).isEmpty();
  }
}
