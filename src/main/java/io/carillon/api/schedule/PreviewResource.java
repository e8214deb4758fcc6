package io.carillon.api.schedule;

import io.carillon.api.ApiSettings;
import io.carillon.api.Examples;
import io.carillon.api.json.Binder;
import io.carillon.api.json.Codes;
import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.Json;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import io.carillon.schedule.Schedule;
import io.carillon.schedule.Timetable;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells what a schedule means before anybody registers it. */
@Path("/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Schedules", description = "Try schedules out.")
public class PreviewResource {

  private static final Pointer SCHEDULE = Pointer.ROOT.member("schedule");

  private final Binder binder;
  private final ApiSettings settings;
  private final InstantSource clock;
  private final RandomGenerator random;

  PreviewResource(
      Binder binder, ApiSettings settings, InstantSource clock, RandomGenerator random) {
    this.binder = binder;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  @POST
  @Path("/preview")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "previewSchedule",
      summary = "Preview a schedule",
      description = "Tells it in words and its runs to come. Nothing is stored.")
  @APIResponseSchema(PreviewView.class)
  public PreviewView preview(
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = PreviewDocument.class),
                      examples = @ExampleObject(name = "preview", value = Examples.PREVIEW)))
          Json body) {
    PreviewDocument wanted = read(body);
    Schedule schedule = wanted.schedule().toSchedule();
    Instant from =
        Optional.ofNullable(wanted.from())
            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
    Timetable timetable =
        new Timetable(
            schedule,
            from,
            Optional.ofNullable(wanted.startAt()),
            Optional.ofNullable(wanted.endAt()));
    Instant after = Foresight.runsAtOnce(schedule) ? from.minusMillis(1) : from;
    List<Instant> runs = Foresight.occurrences(timetable, after, wanted.most(), random);
    if (runs.isEmpty() && Foresight.reach(schedule) > 0) {
      throw new InvalidDocument(
          Violation.ofValue(
              SCHEDULE, Codes.NEVER_FIRES, "has no occurrence after from inside its window"));
    }
    return PreviewView.of(schedule.describe(), NextRuns.of(runs, schedule.zone()));
  }

  private PreviewDocument read(Json body) {
    Violations found = new Violations();
    PreviewDocument document = binder.bind(body, PreviewDocument.class, Pointer.ROOT, found);
    if (document.schedule() != null && !found.isKnown(SCHEDULE)) {
      Intervals.check(document.schedule(), settings.minInterval(), SCHEDULE, found);
    }
    found.throwIfAny();
    return document;
  }
}
