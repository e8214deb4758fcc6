package io.carillon.api.job;

import io.carillon.api.json.Binder;
import io.carillon.api.json.Json;
import io.carillon.api.json.JsonReader;
import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import io.carillon.engine.DefinitionCodec;
import io.carillon.job.Counters;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads, checks, writes down and shows jobs that nobody wants and nothing keeps, so that the first
 * callers find this code loaded and most of it compiled. The slowest of what a creation does is all
 * here; Redis is not asked.
 */
@Singleton
public class WarmUp {

  private static final int MOST_BATCHES = 50;

  private static final String JOB =
      """
      {"id": "warm-up", "name": "Warm-up", "tags": ["warm"], "schedule": %s,
       "target": {"url": "http://127.0.0.1:9/never"}}
      """;

  private static final String BATCH =
      Stream.of(
              """
              {"type": "duration", "every": "PT24H"}
              """,
              """
              {"type": "cron", "expression": "0 2 * * *", "timezone": "Europe/Paris"}
              """)
          .map(JOB::formatted)
          .flatMap(job -> Collections.nCopies(50, job).stream())
          .collect(Collectors.joining(",", "{\"jobs\":[", "]}"));

  private final Binder binder;
  private final Drafts drafts;
  private final DefinitionCodec codec;

  WarmUp(Binder binder, Drafts drafts, DefinitionCodec codec) {
    this.binder = binder;
    this.drafts = drafts;
    this.codec = codec;
  }

  /**
   * Goes through some thousand jobs.
   *
   * @param atMost ends it before, on a machine that is slow or busy
   */
  public void run(Duration atMost) {
    long begin = System.nanoTime();
    for (int i = 0; i < MOST_BATCHES && System.nanoTime() - begin < atMost.toNanos(); i++) {
      create(JsonReader.read(BATCH));
    }
  }

  private String create(Json batch) {
    List<BatchResult> results =
        binder.bind(batch, BatchDocument.class).jobs().stream().map(this::createOne).toList();
    return JsonText.of(Rendering.of(new BatchResults(results)));
  }

  private BatchResult createOne(Json item) {
    Draft draft = drafts.ofItem(item);
    Definition definition = draft.on(Optional.empty());
    codec.write(definition);
    Job job =
        new Job(
            "warm-up",
            1,
            "",
            JobState.ACTIVE,
            Optional.empty(),
            definition,
            Instant.EPOCH,
            Instant.EPOCH,
            Instant.EPOCH,
            Optional.of(Instant.EPOCH),
            Optional.empty(),
            0,
            0,
            Counters.NONE,
            Optional.empty(),
            Optional.empty());
    return new BatchResult(0, 201, JobView.of(job), null);
  }
}
