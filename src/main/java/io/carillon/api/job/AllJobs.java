package io.carillon.api.job;

import io.carillon.engine.JobFilter;
import io.carillon.engine.JobPlace;
import io.carillon.engine.JobSort;
import io.carillon.engine.JobStore;
import io.carillon.engine.JobStore.Page;
import io.carillon.job.Job;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;

/** Walks through all jobs of a kind, page by page, while others come and go. */
@Singleton
public class AllJobs {

  private static final int PAGE = 500;

  private final JobStore store;

  AllJobs(JobStore store) {
    this.store = store;
  }

  void forEach(JobFilter filter, Consumer<Job> visitor) {
    Optional<JobPlace> after = Optional.empty();
    do {
      Page page = store.list(filter, JobSort.ID, PAGE, after);
      page.jobs().forEach(visitor);
      after = page.next();
    } while (after.isPresent());
  }
}
