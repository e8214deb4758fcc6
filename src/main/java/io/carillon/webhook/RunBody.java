package io.carillon.webhook;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.carillon.engine.RunLedger.TakenRun;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Carillon's own body, for targets without one of theirs. */
final class RunBody {

  private static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

  private RunBody() {}

  /** RFC 3339 in UTC with milliseconds. */
  static String instant(Instant instant) {
    return INSTANT.format(instant);
  }

  /**
   * {@code {"type":"run","timestamp":…,"data":{…}}}. The timestamp is the run's, the same in every
   * attempt: when its first one was taken.
   */
  static String of(TakenRun run) {
    StringBuilder json = new StringBuilder(320);
    json.append("{\"type\":\"run\",\"timestamp\":\"").append(instant(run.firstAttemptAt()));
    json.append("\",\"data\":{\"jobId\":\"").append(run.id().jobId()).append('"');
    run.definition().name().ifPresent(name -> text(json.append(",\"jobName\":"), name));
    json.append(",\"runId\":\"").append(run.id());
    json.append("\",\"scheduledAt\":\"").append(instant(run.scheduledAt()));
    json.append("\",\"attempt\":").append(run.attempt());
    json.append(",\"trigger\":\"").append(run.trigger().word()).append('"');
    run.payload().ifPresent(payload -> json.append(",\"payload\":").append(payload));
    return json.append("}}").toString();
  }

  private static void text(StringBuilder json, String text) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    json.append('"');
  }
}
