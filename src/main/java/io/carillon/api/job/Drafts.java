package io.carillon.api.job;

import io.carillon.api.ApiSettings;
import io.carillon.api.DocumentSize;
import io.carillon.api.JobIds;
import io.carillon.api.json.Binder;
import io.carillon.api.json.Codes;
import io.carillon.api.json.Json;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.Json.Str;
import io.carillon.api.json.JsonSize;
import io.carillon.api.json.MergePatch;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Quoted;
import io.carillon.api.json.Rendering;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import io.carillon.api.schedule.Intervals;
import io.carillon.job.Definition;
import io.carillon.job.Pause;
import jakarta.inject.Singleton;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads jobs as callers want them. All throw {@link io.carillon.api.json.InvalidDocument}, and a
 * problem when the document is too large.
 */
@Singleton
public class Drafts {

  private static final Pointer ID = Pointer.ROOT.member("id");

  private static final Set<String> READ_ONLY = members(JobStanding.class);
  private static final Set<String> STANDING = members(JobStandingDocument.class);

  /** In bytes: what an answer may add to a definition, its id and a secret. */
  private static final int ROOM = 1024;

  /**
   * In bytes: a document up to this size is small enough in effect, too. The defaults add some
   * hundred bytes, and no value is written more than twice as long as it was given.
   */
  private static final int SURELY_SMALL = DocumentSize.USUAL / 4;

  private final Binder binder;
  private final Duration minInterval;
  private final InstantSource clock;

  public Drafts(Binder binder, ApiSettings settings, InstantSource clock) {
    this.binder = binder;
    this.minInterval = settings.minInterval();
    this.clock = clock;
  }

  /** A job to which the server gives the id. */
  Draft ofNew(Json json) {
    Violations found = new Violations();
    if (id(json).isPresent()) {
      found.add(
          Violation.ofForm(
              ID,
              Codes.READ_ONLY,
              "the server gives the id here; to choose it, PUT /v1/jobs/{id} instead"));
    }
    Draft draft = written(json, found);
    if (draft.keepsSecret()) {
      found.add(Draft.nothingToKeep());
    }
    return checked(draft, json, found);
  }

  /** A job with a chosen id, which may stand in the document too. */
  Draft of(String id, Json json) {
    Violations found = new Violations();
    Optional<Json> named = id(json);
    boolean same = named.filter(new Str(id)::equals).isPresent();
    Draft draft = same ? returning(json, found) : written(json, found);
    if (!same && named.filter(Str.class::isInstance).isPresent()) {
      found.addIfNew(
          Violation.ofValue(ID, Codes.CONFLICTING, "differs from the id in the path, " + id));
    }
    return checked(draft, json, found);
  }

  /** A job of a batch, with or without an id. */
  Draft ofItem(Json json) {
    Optional<Json> named = id(json);
    if (named.isEmpty()) {
      return ofNew(json);
    }
    Violations found = new Violations();
    Draft draft = isUsable(named.get()) ? returning(json, found) : written(json, found);
    return checked(draft, json, found);
  }

  /** A job as it would be after a change of what was given for it. */
  Definition ofPatch(String id, Definition current, Json patch) {
    Obj given = Rendering.of(JobDocument.asGiven(current));
    return of(id, MergePatch.merge(given, patch)).changing(current);
  }

  /** A job that carries its own id, as answers do: what the server told of it may stand there. */
  private Draft returning(Json json, Violations found) {
    Obj standing = json instanceof Obj object ? only(STANDING, object) : Obj.EMPTY;
    Optional<Pause> pause =
        binder
            .bind(standing, JobStandingDocument.class, Pointer.ROOT, found)
            .pauseAt(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return new Draft(read(json, found), pause);
  }

  private Draft written(Json json, Violations found) {
    if (json instanceof Obj object) {
      only(READ_ONLY, object)
          .members()
          .keySet()
          .forEach(
              name ->
                  found.add(
                      Violation.ofForm(
                          Pointer.ROOT.member(name),
                          Codes.READ_ONLY,
                          Quoted.of(name) + " is the server's to tell")));
    }
    return new Draft(read(json, found), Optional.empty());
  }

  private JobDocument read(Json json, Violations found) {
    Json own = json instanceof Obj object ? withoutReadOnly(object) : json;
    DocumentSize.check(own, DocumentSize.USUAL);
    JobDocument document = binder.bind(own, JobDocument.class, Pointer.ROOT, found);
    Epoch.check(document.endAt(), Pointer.ROOT.member("endAt"), found);
    Pointer schedule = Pointer.ROOT.member("schedule");
    if (document.schedule() != null && !found.isKnown(schedule)) {
      Intervals.check(document.schedule(), minInterval, schedule, found);
    }
    return document;
  }

  /** What is accepted must be accepted again as answers write it: with the defaults. */
  private static Draft checked(Draft draft, Json json, Violations found) {
    found.throwIfAny();
    if (JsonSize.of(json) > SURELY_SMALL) {
      DocumentSize.check(Rendering.of(draft.inEffect()), DocumentSize.USUAL - ROOM);
    }
    return draft;
  }

  private static Obj withoutReadOnly(Obj object) {
    Map<String, Json> rest = new LinkedHashMap<>(object.members());
    rest.keySet().removeAll(READ_ONLY);
    return new Obj(rest, object.repeated());
  }

  private static Obj only(Set<String> names, Obj object) {
    Map<String, Json> some = new LinkedHashMap<>(object.members());
    some.keySet().retainAll(names);
    return Obj.of(some);
  }

  private static Optional<Json> id(Json json) {
    return json instanceof Obj object
        ? object.member("id").filter(id -> !(id instanceof Json.Nothing))
        : Optional.empty();
  }

  private static Set<String> members(Class<? extends Record> document) {
    return Arrays.stream(document.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isUsable(Json id) {
    return id instanceof Str text && JobIds.isWellFormed(text.value());
  }
}
