package io.carillon.engine;

import io.carillon.engine.twin.SettableClock;
import io.carillon.job.Counters;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import java.time.Instant;
import java.util.Optional;

/** {@code jobNamed("bells").next(instant).job()}: a job as it is read from a store. */
final class JobBuilder {

  private final String id;
  private long revision = 1;
  private String incarnation = "mi8z3kq0";
  private JobState state = JobState.ACTIVE;
  private Optional<Pause> pause = Optional.empty();
  private DefinitionBuilder definition = DefinitionBuilder.aJob();
  private Instant anchor = SettableClock.START;
  private Optional<Instant> next = Optional.of(SettableClock.START);
  private Optional<Instant> last = Optional.empty();
  private Optional<Instant> resumed = Optional.empty();

  private JobBuilder(String id) {
    this.id = id;
  }

  static JobBuilder jobNamed(String id) {
    return new JobBuilder(id);
  }

  JobBuilder revision(long revision) {
    this.revision = revision;
    return this;
  }

  JobBuilder incarnation(String incarnation) {
    this.incarnation = incarnation;
    return this;
  }

  JobBuilder paused() {
    this.state = JobState.PAUSED;
    this.pause = Optional.of(new Pause(Optional.empty(), anchor, Optional.empty()));
    this.next = Optional.empty();
    return this;
  }

  JobBuilder as(DefinitionBuilder definition) {
    this.definition = definition;
    return this;
  }

  JobBuilder anchoredAt(Instant anchor) {
    this.anchor = anchor;
    return this;
  }

  JobBuilder next(Instant next) {
    this.next = Optional.of(next);
    return this;
  }

  JobBuilder last(Instant last) {
    this.last = Optional.of(last);
    return this;
  }

  JobBuilder resumedAt(Instant resumed) {
    this.resumed = Optional.of(resumed);
    return this;
  }

  Job job() {
    return new Job(
        id,
        revision,
        incarnation,
        state,
        pause,
        definition.build(),
        anchor,
        anchor,
        anchor,
        next,
        last,
        0,
        0,
        Counters.NONE,
        resumed,
        Optional.empty());
  }
}
