package io.carillon.redis;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.job.Definition;
import io.carillon.redis.Schema.TermField;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRecordTest {

  @ParameterizedTest
  @CsvSource({
    "1960-01-01T00:00:00Z, 1970-01-01T00:00:00.001Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.001Z",
    "1970-01-01T00:00:00.002Z, 1970-01-01T00:00:00.002Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
  })
  void anEndIsKeptAsOneWhereverItLies(Instant endAt, Instant kept) {
    // Given
    Definition definition = aJob().restingBetweenRuns("PT9S").endingAt(endAt).build();

    // When
    byte[] terms = JobRecord.writeTerms(definition);

    // Then
    assertThat(Schema.TERMS.read(terms).instant(TermField.END_AT)).contains(kept);
  }
}
