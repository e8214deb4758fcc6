package io.carillon.engine;

import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import java.util.List;
import java.util.Optional;

/** Filters of jobs as tests need them: {@code jobs().tagged("x").in(PAUSED).filter()}. */
public final class FilterBuilder {

  private List<String> tags = List.of();
  private Optional<JobState> state = Optional.empty();
  private Optional<LastOutcome> lastOutcome = Optional.empty();
  private Optional<String> namePrefix = Optional.empty();
  private List<String> words = List.of();

  private FilterBuilder() {}

  public static FilterBuilder jobs() {
    return new FilterBuilder();
  }

  public FilterBuilder tagged(String... all) {
    tags = List.of(all);
    return this;
  }

  public FilterBuilder in(JobState wanted) {
    state = Optional.of(wanted);
    return this;
  }

  public FilterBuilder endedLast(LastOutcome outcome) {
    lastOutcome = Optional.of(outcome);
    return this;
  }

  public FilterBuilder namedFrom(String prefix) {
    namePrefix = Optional.of(prefix);
    return this;
  }

  public FilterBuilder with(String... all) {
    words = List.of(all);
    return this;
  }

  public JobFilter filter() {
    return new JobFilter(tags, state, lastOutcome, namePrefix, words);
  }
}
