package io.carillon.api.job;

import io.carillon.api.json.Binder;
import io.carillon.api.json.Constraints;
import io.carillon.api.json.Json;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.JsonReader;
import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import io.carillon.api.schedule.OnceDocument;
import io.carillon.engine.DefinitionCodec;
import io.carillon.job.Definition;
import io.carillon.job.RetryPolicy;
import io.carillon.job.Target.RetiredSecret;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Definitions as the store keeps them: the JSON of the API as it was given, without the members
 * that equal their fixed defaults, which are a promise of the API's version and do not change.
 * Secrets are included.
 */
public final class DefinitionJson implements DefinitionCodec {

  private static final Obj DEFAULTS = defaults();

  /** Only here: it is nobody's to see, nor to set. */
  private static final String RETIRED_SECRET = "retiredSecret";

  private final Binder binder = new Binder(Constraints.NONE);

  @Override
  public String write(Definition definition) {
    Map<String, Json> members = new LinkedHashMap<>(without(DEFAULTS, full(definition)).members());
    definition
        .target()
        .retiredSecret()
        .ifPresent(retired -> members.put(RETIRED_SECRET, Rendering.of(retired)));
    return JsonText.of(Obj.of(members));
  }

  @Override
  public Definition read(String written) {
    Obj stored = JsonReader.read(written) instanceof Obj object ? object : Obj.of(Map.of());
    Map<String, Json> members = new LinkedHashMap<>(stored.members());
    Optional<RetiredSecret> retired =
        Optional.ofNullable(members.remove(RETIRED_SECRET)).map(DefinitionJson::retiredSecret);
    JobDocument document = binder.bind(new Obj(members, stored.repeated()), JobDocument.class);
    if (document.schedule() == null
        || document.target() == null
        || document.target().url() == null) {
      throw new IllegalArgumentException("a definition needs a schedule and a target");
    }
    Definition definition = document.toDefinition(document.givenSecret(), document.retryPolicy());
    return retired.isEmpty() ? definition : definition.to(definition.target().retiring(retired));
  }

  private static RetiredSecret retiredSecret(Json json) {
    if (json instanceof Obj retired
        && retired.member("secret").orElse(Json.Nothing.NULL) instanceof Json.Str secret
        && retired.member("until").orElse(Json.Nothing.NULL) instanceof Json.Str until) {
      return new RetiredSecret(secret.value(), Instant.parse(until.value()));
    }
    throw new IllegalArgumentException("a retired secret needs its end");
  }

  private static Obj full(Definition definition) {
    return Rendering.of(JobDocument.asGiven(definition));
  }

  private static Obj without(Obj defaults, Obj full) {
    Map<String, Json> rest = new LinkedHashMap<>(full.members());
    defaults
        .members()
        .forEach(
            (name, usual) -> {
              if (usual.equals(rest.get(name))) {
                rest.remove(name);
              } else if (usual instanceof Obj some && rest.get(name) instanceof Obj all) {
                rest.put(name, without(some, all));
              }
            });
    return Obj.of(rest);
  }

  /** All of the least definition but what must be said. */
  private static Obj defaults() {
    JobDocument least =
        new JobDocument(
            null,
            null,
            null,
            null,
            new OnceDocument(null),
            null,
            null,
            null,
            null,
            null,
            new TargetDocument(
                URI.create("http://localhost"), null, null, null, null, null, null, null, null),
            null,
            null,
            null,
            null,
            null);
    Map<String, Json> members =
        new LinkedHashMap<>(
            full(least.toDefinition(Optional.empty(), RetryPolicy.DEFAULT)).members());
    members.remove("schedule");
    Map<String, Json> target = new LinkedHashMap<>(((Obj) members.get("target")).members());
    target.remove("url");
    members.put("target", Obj.of(target));
    return Obj.of(members);
  }
}
