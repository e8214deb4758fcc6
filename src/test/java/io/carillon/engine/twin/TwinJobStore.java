package io.carillon.engine.twin;

import io.carillon.engine.JobFilter;
import io.carillon.engine.JobPlace;
import io.carillon.engine.JobSort;
import io.carillon.engine.JobStore;
import io.carillon.engine.twin.RunEntry.Place;
import io.carillon.engine.twin.TwinIdempotencyKeys.Made;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import io.carillon.job.Pause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The jobs, and when they are due. */
final class TwinJobStore implements JobStore {

  private final State state;
  private final Endings endings;
  private final Slots slots;
  private final TwinIdempotencyKeys idempotencyKeys;

  TwinJobStore(State state, Endings endings, Slots slots, TwinIdempotencyKeys idempotencyKeys) {
    this.state = state;
    this.endings = endings;
    this.slots = slots;
    this.idempotencyKeys = idempotencyKeys;
  }

  @Override
  public List<Timed> find(Collection<String> ids) {
    synchronized (state) {
      return ids.stream()
          .map(state.jobs::get)
          .filter(Objects::nonNull)
          .map(entry -> new Timed(entry.job(), entry.due))
          .toList();
    }
  }

  @Override
  public List<Timed> load(Collection<String> ids) {
    synchronized (state) {
      return ids.stream()
          .map(state.jobs::get)
          .filter(Objects::nonNull)
          .map(entry -> new Timed(entry.withoutLastRun(), entry.due))
          .toList();
    }
  }

  @Override
  public Page list(JobFilter filter, JobSort sort, int size, Optional<JobPlace> after) {
    synchronized (state) {
      List<Job> rest =
          state.jobs.values().stream()
              .map(JobEntry::job)
              .filter(job -> matches(job, filter))
              .filter(job -> sort == JobSort.ID || job.nextRunAt().isPresent() && isDue(job))
              .sorted(Comparator.comparing(job -> place(job, sort)))
              .filter(job -> after.filter(last -> place(job, sort).compareTo(last) <= 0).isEmpty())
              .toList();
      return rest.size() <= size
          ? new Page(rest, Optional.empty())
          : new Page(rest.subList(0, size), Optional.of(place(rest.get(size - 1), sort)));
    }
  }

  /** What has an occurrence to come and is not due for it waits for something else. */
  private boolean isDue(Job job) {
    return state.jobs.get(job.id()).due.isPresent();
  }

  private static JobPlace place(Job job, JobSort sort) {
    return sort == JobSort.ID ? JobPlace.of(job.id()) : new JobPlace(job.nextRunAt(), job.id());
  }

  private static boolean matches(Job job, JobFilter filter) {
    String name = job.definition().name().orElse("");
    String outcome = job.lastRun().map(run -> run.state().word()).orElse("none");
    String url = job.definition().target().url().toString();
    List<String> texts = new ArrayList<>(List.of(job.id(), name, url));
    texts.addAll(job.definition().tags());
    return job.definition().tags().containsAll(filter.tags())
        && filter.state().map(job.state()::equals).orElse(true)
        && filter.lastOutcome().map(LastOutcome::word).map(outcome::equals).orElse(true)
        && filter.namePrefix().map(name::startsWith).orElse(true)
        && filter.words().stream()
            .allMatch(word -> texts.stream().anyMatch(text -> contains(text, word)));
  }

  /** Letter by letter; and by their capitals, since those of ß are two. */
  private static boolean contains(String text, String word) {
    return text.toUpperCase(Locale.ROOT).contains(word.toUpperCase(Locale.ROOT))
        || IntStream.rangeClosed(0, text.length() - word.length())
            .anyMatch(at -> text.regionMatches(true, at, word, 0, word.length()));
  }

  @Override
  public List<Written> putAll(List<Put> puts) {
    synchronized (state) {
      if (state.full) {
        return Collections.nCopies(puts.size(), new Written.Failed(State.isFull()));
      }
      Set<String> changed = new LinkedHashSet<>();
      List<Written> written = puts.stream().map(put -> write(put, changed)).toList();
      slots.promote(List.copyOf(changed));
      changed.forEach(id -> hint(state.jobs.get(id)));
      return written.stream().map(this::asItIsNow).toList();
    }
  }

  /** A job as it is after all puts. */
  private Written asItIsNow(Written written) {
    return written instanceof Written.Done done
        ? new Written.Done(state.jobs.get(done.job().id()).job())
        : written;
  }

  private Written write(Put put, Set<String> changed) {
    if (put.under().isPresent() && !idempotencyKeys.mayMake(put.under().get())) {
      return new Written.ClaimLost();
    }
    Optional<JobEntry> was = Optional.ofNullable(state.jobs.get(put.id()));
    Optional<JobEntry> job = was.filter(there -> put.under().isPresent());
    if (job.isEmpty()) {
      if (changed.contains(put.id()) || !isAsSeen(put, was)) {
        return new Written.Conflict();
      }
      job = Optional.of(write(put, was));
      changed.add(put.id());
    }
    Job made = job.get().job();
    put.under().ifPresent(claim -> idempotencyKeys.noteMade(claim, Made.of(made)));
    return new Written.Done(made);
  }

  private static boolean isAsSeen(Put put, Optional<JobEntry> job) {
    return put.revision() == job.map(there -> there.revision).orElse(0L)
        && put.seenNext().equals(job.flatMap(there -> there.pending));
  }

  private JobEntry write(Put put, Optional<JobEntry> was) {
    JobEntry job = was.orElseGet(() -> create(put));
    boolean completes = was.isPresent() && job.state != JobState.COMPLETED;
    job.definition = put.definition();
    job.anchor = put.anchor();
    write(job, put.state(), put.pause(), put.at());
    setDue(job, put.nextRunAt(), put.dueAt());
    state.tell(
        Told.of(was.isEmpty() ? "job.created" : "job.updated", job).with("revision", job.revision));
    if (completes && job.state == JobState.COMPLETED) {
      state.tell(Told.of("job.completed", job).with("revision", job.revision));
    }
    return job;
  }

  @Override
  public Optional<Job> createdUnder(String key, String id) {
    synchronized (state) {
      return idempotencyKeys.made(key).flatMap(Made::job);
    }
  }

  private JobEntry create(Put put) {
    String incarnation = Long.toString(state.now().toEpochMilli(), Character.MAX_RADIX);
    JobEntry created = new JobEntry(put.id(), incarnation, put.at());
    state.jobs.put(put.id(), created);
    return created;
  }

  @Override
  public Written setState(SetState change) {
    synchronized (state) {
      JobEntry job = state.jobs.get(change.id());
      if (job == null) {
        return new Written.Absent();
      }
      if (job.revision != change.revision()) {
        return new Written.Conflict();
      }
      write(job, change.state(), change.pause(), change.at());
      job.failuresInRow = 0;
      if (change.state() == JobState.ACTIVE) {
        job.resumedAt = Optional.of(change.at());
      }
      boolean holdsBack = change.state() == JobState.PAUSED;
      setDue(job, holdsBack ? job.pending : change.nextRunAt(), change.dueAt());
      String type =
          switch (change.state()) {
            case ACTIVE -> "job.resumed";
            case PAUSED -> "job.paused";
            case COMPLETED -> "job.completed";
          };
      state.tell(
          Told.of(type, job)
              .with("revision", job.revision)
              .with("reason", change.pause().flatMap(Pause::reason)));
      hint(job);
      return new Written.Done(job.job());
    }
  }

  private static void write(JobEntry job, JobState as, Optional<Pause> pause, Instant at) {
    job.revision++;
    job.state = as;
    job.pause = pause;
    job.updatedAt = at;
  }

  /** What rests between its runs has nothing due while one lives, except the end of its pause. */
  private void setDue(JobEntry job, Optional<Instant> next, Optional<Instant> due) {
    boolean waits =
        job.state == JobState.ACTIVE
            && job.definition.rest().isPresent()
            && !state.activeRuns(job.id).isEmpty();
    job.advanceTo(waits ? Optional.empty() : next, waits ? Optional.empty() : due);
  }

  private void hint(JobEntry job) {
    state.hints.tell(
        listener ->
            job.due.ifPresentOrElse(
                due -> listener.jobWritten(job.id, due), () -> listener.jobNotDue(job.id)));
  }

  @Override
  public boolean delete(String id, long revision) {
    synchronized (state) {
      JobEntry job = state.jobs.get(id);
      if (job == null || job.revision != revision) {
        return false;
      }
      endings.drop(job, inOrder(id));
      state.history.remove(id);
      state.jobs.remove(id);
      state.tell(Told.of("job.deleted", job).with("revision", job.revision));
      slots.promote(List.of());
      state.hints.tell(listener -> listener.jobNotDue(id));
      return true;
    }
  }

  /** Those that wait for their job first, as they came; those that hold slots last, by name. */
  private List<RunEntry> inOrder(String jobId) {
    List<RunEntry> runs = new ArrayList<>(state.activeRuns(jobId));
    runs.sort(
        Comparator.comparing((RunEntry run) -> run.place)
            .reversed()
            .thenComparing(run -> run.place == Place.SLOT ? 0 : run.order)
            .thenComparing(run -> run.id.toString()));
    return runs;
  }

  @Override
  public List<Due> due(Instant from, Instant until, int limit) {
    synchronized (state) {
      return state.jobs.values().stream()
          .filter(job -> job.due.filter(at -> !at.isBefore(from) && !at.isAfter(until)).isPresent())
          .map(job -> new Due(job.id, job.due.orElseThrow()))
          .sorted(Comparator.comparing(Due::at).thenComparing(Due::jobId))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public long overdue(Instant now) {
    synchronized (state) {
      return state.jobs.values().stream()
          .filter(job -> job.due.filter(at -> at.isBefore(now)).isPresent())
          .count();
    }
  }
}
