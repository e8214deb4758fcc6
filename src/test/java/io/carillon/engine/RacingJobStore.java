package io.carillon.engine;

import io.carillon.job.Job;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * A store in which somebody else is faster: just before a write, one of the given things happens.
 */
public class RacingJobStore implements JobStore {

  private final JobStore store;
  private final Queue<Runnable> faster;

  public RacingJobStore(JobStore store, Runnable... faster) {
    this.store = store;
    this.faster = new ArrayDeque<>(Arrays.asList(faster));
  }

  private JobStore afterSomebodyElse() {
    Optional.ofNullable(faster.poll()).ifPresent(Runnable::run);
    return store;
  }

  @Override
  public List<Timed> find(Collection<String> ids) {
    return store.find(ids);
  }

  @Override
  public List<Timed> load(Collection<String> ids) {
    return store.load(ids);
  }

  @Override
  public Page list(JobFilter filter, JobSort sort, int size, Optional<JobPlace> after) {
    return store.list(filter, sort, size, after);
  }

  @Override
  public List<Written> putAll(List<Put> puts) {
    return afterSomebodyElse().putAll(puts);
  }

  @Override
  public Optional<Job> createdUnder(String key, String id) {
    return store.createdUnder(key, id);
  }

  @Override
  public Written setState(SetState change) {
    return afterSomebodyElse().setState(change);
  }

  @Override
  public boolean delete(String id, long revision) {
    return afterSomebodyElse().delete(id, revision);
  }

  @Override
  public List<Due> due(Instant from, Instant until, int limit) {
    return store.due(from, until, limit);
  }

  @Override
  public long overdue(Instant now) {
    return store.overdue(now);
  }
}
