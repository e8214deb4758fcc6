package io.carillon.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiSettings;
import io.carillon.api.DocumentSize;
import io.carillon.api.json.BeanConstraints;
import io.carillon.api.json.Binder;
import io.carillon.api.json.Json;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.JsonReader;
import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import io.carillon.engine.Jobs;
import io.carillon.engine.Jobs.Changed;
import io.carillon.engine.LedgerSteps;
import io.carillon.engine.Precondition;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.validation.Validation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripTest {

  private static final Binder BINDER =
      new Binder(new BeanConstraints(Validation.buildDefaultValidatorFactory().getValidator()));

  private final DefinitionJson codec = new DefinitionJson();
  private final SettableClock clock = new SettableClock();
  private final Drafts drafts = new Drafts(BINDER, new ApiSettings(Duration.ofSeconds(1)), clock);

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatAnswersShowOfAJobComesBackAsThatJob(@ForAll("definitions") Definition definition) {
    // Given
    InMemoryLedger ledger = new InMemoryLedger(clock);
    Jobs jobs = new Jobs(ledger.jobs(), clock, new Random(1));
    Definition stored = codec.read(codec.write(definition));
    Job job = new LedgerSteps(ledger).job("a", stored, Optional.empty());
    Json answer = sent(JobView.of(job));
    Json line = sent(ExportedJob.of(job));

    // When
    List<Changed> changes =
        List.of(
            put(jobs, drafts.of("a", answer)),
            put(jobs, drafts.of("a", line)),
            put(jobs, drafts.ofItem(answer)),
            put(jobs, drafts.ofItem(line)),
            jobs.patch("a", current -> drafts.ofPatch("a", current, Obj.EMPTY), Precondition.NONE));

    // Then
    assertThat(changes).containsOnly(new Changed.Unchanged(job));
  }

  @Example
  void whatIsAcceptedIsAcceptedAgainAsAnswersWriteItHoweverLargeItIs() {
    // Given
    String ids =
        IntStream.range(0, (DocumentSize.USUAL - 4_000) / 66)
            .mapToObj("\"%063d\""::formatted)
            .collect(Collectors.joining(","));
    String listener =
        "{\"schedule\":{\"type\":\"event\",\"events\":[\"*\"],\"jobs\":[" + ids + "]},";
    Set<Boolean> outcomes = new HashSet<>();

    for (int length = 0; length < 4_000; length += 200) {
      // When
      String description = "\"description\":\"" + "d".repeat(length) + "\",";
      Json given = JsonReader.read(listener + description + "\"target\":{\"url\":\"http://a/\"}}");
      Optional<Definition> accepted = accepted(given);
      outcomes.add(accepted.isPresent());

      // Then
      accepted
          .map(definition -> sent(JobDocument.of("a", definition, Optional.empty())))
          .ifPresent(answer -> assertThat(accepted(answer).isPresent()).isTrue());
    }
    assertThat(outcomes).containsExactlyInAnyOrder(true, false);
  }

  private Optional<Definition> accepted(Json document) {
    try {
      return Optional.of(drafts.of("a", document).on(Optional.empty()));
    } catch (HttpProblem tooLarge) {
      assertThat(tooLarge.getStatusCode()).isEqualTo(413);
      return Optional.empty();
    }
  }

  private static Changed put(Jobs jobs, Draft draft) {
    return jobs.put(draft.request("a", Precondition.NONE));
  }

  private static Json sent(Record document) {
    return JsonReader.read(JsonText.of(Rendering.of(document)));
  }

  @Provide
  Arbitrary<Definition> definitions() {
    return ArbitraryDefinitions.definitions();
  }
}
