package io.carillon.engine;

import io.carillon.job.Job;
import java.util.List;
import java.util.Optional;

/** What the author of a change takes for granted about the job. */
public sealed interface Precondition {

  Precondition NONE = new None();
  Precondition ABSENT = new MustBeAbsent();
  Precondition NEW_ID = new HasNewId();

  boolean holds(Optional<Job> current);

  /** Nothing. */
  record None() implements Precondition {
    @Override
    public boolean holds(Optional<Job> current) {
      return true;
    }
  }

  /** That there is no such job. */
  record MustBeAbsent() implements Precondition {
    @Override
    public boolean holds(Optional<Job> current) {
      return current.isEmpty();
    }
  }

  /**
   * That its id was drawn for it, so that there is no such job: nobody has to look, the write
   * itself finds out.
   */
  record HasNewId() implements Precondition {
    @Override
    public boolean holds(Optional<Job> current) {
      return current.isEmpty();
    }
  }

  /** That a filter finds it; what was found a moment ago may have changed since. */
  record MustMatch(JobFilter filter) implements Precondition {
    @Override
    public boolean holds(Optional<Job> current) {
      return current.filter(new JobSearch(filter)::finds).isPresent();
    }
  }

  /** That it has one of these revisions, or just that it exists when none is given. */
  record MustBe(List<Long> revisions) implements Precondition {
    @Override
    public boolean holds(Optional<Job> current) {
      return current
          .filter(job -> revisions.isEmpty() || revisions.contains(job.revision()))
          .isPresent();
    }
  }
}
