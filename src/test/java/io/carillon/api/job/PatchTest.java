package io.carillon.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.api.ApiSettings;
import io.carillon.api.json.BeanConstraints;
import io.carillon.api.json.Binder;
import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.Json;
import io.carillon.api.json.JsonReader;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.Definition;
import io.carillon.job.Guard;
import io.carillon.job.MisfirePolicy;
import jakarta.validation.Validation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {

  private static final Binder BINDER =
      new Binder(new BeanConstraints(Validation.buildDefaultValidatorFactory().getValidator()));

  private final DefinitionJson codec = new DefinitionJson();
  private final Drafts drafts =
      new Drafts(
          BINDER, new ApiSettings(Duration.ofSeconds(1)), InstantSource.fixed(Instant.EPOCH));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                      | {'initialDelay':'PT2H'}  | PT2H  | PT2H",
        "{}                                      | {'maxDelay':'PT1S'}      | PT1S  | PT1S",
        "{'initialDelay':'PT2H'}                 | {'initialDelay':'PT3H'}  | PT3H  | PT3H",
        "{'initialDelay':'PT2H'}                 | {'initialDelay':'PT9S'}  | PT9S  | PT1H",
        "{'initialDelay':'PT2H'}                 | {'initialDelay':null}    | PT5S  | PT1H",
        "{'initialDelay':'PT2H'}                 | {'maxAttempts':3}        | PT2H  | PT2H",
        "{'initialDelay':'PT2H','maxDelay':'PT2H'} | {'initialDelay':'PT9S'} | PT9S | PT2H",
        "{'initialDelay':'PT2H','maxDelay':'PT3H'} | {'maxDelay':null}       | PT2H | PT2H",
        "{'maxDelay':'PT1H'}                     | {'maxAttempts':3}        | PT5S  | PT1H"
      })
  void aDelayThatNobodyGaveFollowsTheOneThatIsChanged(
      String given, String patch, Duration initialDelay, Duration maxDelay) {
    // Given
    Definition stored = job("'retry':" + given);

    // When
    Definition patched = patch(stored, "{'retry':" + patch + "}");

    // Then
    assertThat(patched.retry().initialDelay()).isEqualTo(initialDelay);
    assertThat(patched.retry().maxDelay()).isEqualTo(maxDelay);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'maxDelay':'PT1H'}     | {'initialDelay':'PT2H'}",
        "{'maxDelay':'PT1M'}     | {'initialDelay':'PT2M'}",
        "{'initialDelay':'PT5S'} | {'maxDelay':'PT1S'}"
      })
  void aDelayThatWasGivenHoldsAlsoWhereItIsTheUsualOne(String given, String patch) {
    // Given
    Definition stored = job("'retry':" + given);

    // Then
    assertThatExceptionOfType(InvalidDocument.class)
        .isThrownBy(() -> patch(stored, "{'retry':" + patch + "}"))
        .withMessageContaining("initialDelay");
  }

  @Test
  void aDelayThatAPatchNamesIsGivenFromThenOn() {
    // Given
    Definition stored = patch(job("'name':'n'"), "{'retry':{'maxDelay':'PT1H'}}");

    // Then
    assertThatExceptionOfType(InvalidDocument.class)
        .isThrownBy(() -> patch(stored, "{'retry':{'initialDelay':'PT2H'}}"));
  }

  @Test
  void whoSendsBackWhatHeWasShownGivesNothingNew() {
    // Given
    Definition stored = job("'retry':{'initialDelay':'PT2H'}");
    Json shown =
        read(
            "{'name':'n','schedule':{'type':'duration','every':'PT1H'},'target':{'url':'http://a/'},"
                + "'retry':{'initialDelay':'PT2H','maxDelay':'PT2H'}}");

    // When
    Definition replaced = drafts.of("a", shown).on(Optional.of(stored));

    // Then
    assertThat(replaced.name()).contains("n");
    assertThat(patch(replaced, "{'retry':{'initialDelay':'PT9S'}}").retry().maxDelay())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void nullBringsBackTheDefaultInEveryGroup() {
    // Given
    Definition stored =
        job(
            "'guard':{'url':'http://a/','timeout':'PT9S'}",
            "'concurrency':{'limit':1,'onLimit':'queue','maxQueue':3}",
            "'misfire':{'policy':'skip','threshold':'PT9S','maxCatchUp':3}");

    // When
    Definition patched =
        patch(
            stored,
            "{'guard':{'timeout':null},'concurrency':{'onLimit':null,'maxQueue':null},"
                + "'misfire':null,'target':{'method':null}}");

    // Then
    assertThat(patched.guard().map(Guard::timeout)).contains(Guard.DEFAULT_TIMEOUT);
    assertThat(patched.concurrency())
        .contains(new ConcurrencyPolicy(1, OnLimit.SKIP, ConcurrencyPolicy.DEFAULT_MAX_QUEUE));
    assertThat(patched.misfire()).isEqualTo(MisfirePolicy.DEFAULT);
    assertThat(patched.target().method()).isEqualTo("POST");
  }

  /** As it comes from the store. */
  private Definition job(String... members) {
    String document =
        "{'schedule':{'type':'duration','every':'PT1H'},'target':{'url':'http://a/'},"
            + String.join(",", members)
            + "}";
    Definition definition = drafts.ofNew(read(document)).on(Optional.empty());
    return codec.read(codec.write(definition));
  }

  private Definition patch(Definition stored, String patch) {
    return codec.read(codec.write(drafts.ofPatch("a", stored, read(patch))));
  }

  private static Json read(String singleQuoted) {
    return JsonReader.read(singleQuoted.replace('\'', '"'));
  }
}
