package io.carillon.engine.twin;

import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event that has no place in the stream yet. */
final class Told {

  private final String type;
  private final Optional<String> jobId;
  private final List<String> tags;
  private final Map<String, Object> details = new LinkedHashMap<>();
  private Optional<Run> run = Optional.empty();

  private Told(String type, Optional<String> jobId, List<String> tags) {
    this.type = type;
    this.jobId = jobId;
    this.tags = tags;
  }

  static Told of(String type) {
    return new Told(type, Optional.empty(), List.of());
  }

  static Told of(String type, JobEntry job) {
    return new Told(type, Optional.of(job.id), job.definition.tags());
  }

  Told with(String name, Object detail) {
    details.put(name, detail);
    return this;
  }

  Told with(String name, Optional<?> detail) {
    detail.ifPresent(some -> details.put(name, some));
    return this;
  }

  Told about(Run told) {
    run = Optional.of(told);
    return this;
  }

  LifecycleEvent as(EventPosition position, Instant time) {
    return new LifecycleEvent(
        position.toString(), type, time, jobId, tags, run, Map.copyOf(details));
  }
}
