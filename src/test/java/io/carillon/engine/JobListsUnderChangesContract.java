package io.carillon.engine;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.JobStore.Page;
import io.carillon.engine.JobStore.Timed;
import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.Next;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Definition;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import io.carillon.job.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random filters over random jobs, compared with a look at every job. Between two pages jobs are
 * written, paused, claimed, run and deleted; then a job that stayed where it was and what it was is
 * listed once, and one that was never meant is not listed. A seed that fails is named.
 */
public abstract class JobListsUnderChangesContract {

  private static final int SEEDS = 10;
  private static final int JOBS = 60;
  private static final int LISTS_OF_A_SEED = 20;
  private static final List<String> WORDS = List.of("BELL", "gh", "tag-", "é", "127.0", "zzz", "1");

  private SplittableRandom random;
  private JobStore store;
  private LedgerSteps steps;

  protected abstract Ports ports();

  /** Forgets everything. */
  protected abstract void empty();

  @Test
  void pagesTogetherAreWhatALookAtEveryJobFinds() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      begin(seed);
      for (int list = 0; list < LISTS_OF_A_SEED; list++) {
        // Given
        change();
        JobFilter filter = filter();
        JobSort sort = oneOf(List.of(JobSort.values()));

        // When
        List<String> listed = walk(filter, sort, () -> {});

        // Then
        assertThat(listed)
            .as("seed %d, list %d: %s by %s", seed, list, filter, sort)
            .isEqualTo(expected(filter, sort).stream().map(JobPlace::id).toList());
      }
    }
  }

  @Test
  void whateverStaysAsItIsWhileOthersChangeIsListedOnce() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      begin(seed);
      for (int list = 0; list < LISTS_OF_A_SEED; list++) {
        // Given
        JobFilter filter = filter();
        JobSort sort = oneOf(List.of(JobSort.values()));
        Set<JobPlace> always = new HashSet<>(expected(filter, sort));
        Set<String> ever = new HashSet<>(ids(always));

        // When
        List<String> listed =
            walk(
                filter,
                sort,
                () -> {
                  change();
                  List<JobPlace> now = expected(filter, sort);
                  always.retainAll(now);
                  ever.addAll(ids(now));
                });

        // Then
        String what = "seed %d, list %d: %s by %s".formatted(seed, list, filter, sort);
        for (String id : ids(always)) {
          assertThat(listed).as(what).containsOnlyOnce(id);
        }
        assertThat(ever).as(what).containsAll(listed);
      }
    }
  }

  private void begin(int seed) {
    empty();
    random = new SplittableRandom(seed);
    store = ports().jobs();
    steps = new LedgerSteps(ports());
    IntStream.range(0, JOBS).forEach(n -> put("job-" + random.nextInt(JOBS)));
  }

  private static Set<String> ids(Iterable<JobPlace> places) {
    Set<String> ids = new HashSet<>();
    places.forEach(place -> ids.add(place.id()));
    return ids;
  }

  private List<String> walk(JobFilter filter, JobSort sort, Runnable betweenPages) {
    List<String> listed = new ArrayList<>();
    Optional<JobPlace> after = Optional.empty();
    do {
      Page page = store.list(filter, sort, 1 + random.nextInt(JOBS / 4), after);
      page.jobs().forEach(job -> listed.add(job.id()));
      after = page.next();
      betweenPages.run();
    } while (after.isPresent());
    return listed;
  }

  /** By a look at every job. */
  private List<JobPlace> expected(JobFilter filter, JobSort sort) {
    return IntStream.range(0, JOBS)
        .mapToObj(n -> store.find("job-" + n))
        .flatMap(Optional::stream)
        .filter(job -> isMeant(job, filter))
        .filter(job -> sort == JobSort.ID || job.nextRunAt().isPresent())
        .map(job -> new JobPlace(sort == JobSort.ID ? Optional.empty() : job.nextRunAt(), job.id()))
        .sorted(
            Comparator.comparing((JobPlace place) -> place.nextRunAt().orElse(Instant.MIN))
                .thenComparing(JobPlace::id))
        .toList();
  }

  private static boolean isMeant(Job job, JobFilter filter) {
    Definition definition = job.definition();
    Optional<LastOutcome> ended = job.lastRun().map(run -> LastOutcome.valueOf(run.state().name()));
    String texts =
        String.join(
                "\n",
                job.id(),
                definition.name().orElse(""),
                String.join("\n", definition.tags()),
                definition.target().url().toString())
            .toLowerCase(Locale.ROOT);
    return definition.tags().containsAll(filter.tags())
        && (filter.state().isEmpty() || filter.state().get() == job.state())
        && (filter.lastOutcome().isEmpty()
            || filter.lastOutcome().get() == ended.orElse(LastOutcome.NONE))
        && definition.name().orElse("").startsWith(filter.namePrefix().orElse(""))
        && filter.words().stream().allMatch(word -> texts.contains(word.toLowerCase(Locale.ROOT)));
  }

  private JobFilter filter() {
    List<String> words = new ArrayList<>();
    while (random.nextInt(3) == 0) {
      words.add(oneOf(WORDS));
    }
    return new JobFilter(
        tags(),
        perhaps(() -> oneOf(List.of(JobState.values()))),
        perhaps(() -> oneOf(List.of(LastOutcome.values()))),
        perhaps(() -> oneOf(List.of("B", "Bell", "x"))),
        words);
  }

  private List<String> tags() {
    return List.of("tag-a", "tag-b", "tag-c").stream()
        .filter(tag -> random.nextInt(3) == 0)
        .toList();
  }

  private <T> Optional<T> perhaps(Supplier<T> value) {
    return random.nextInt(4) == 0 ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Has something happen to some jobs. */
  private void change() {
    for (int n = random.nextInt(5); n > 0; n--) {
      String id = "job-" + random.nextInt(JOBS);
      switch (random.nextInt(7)) {
        case 0 -> put(id);
        case 1 -> store.find(id).ifPresent(job -> store.delete(id, job.revision()));
        case 2 -> store.find(id).ifPresent(this::pauseOrResume);
        case 3, 4 -> store.find(List.of(id)).forEach(this::claim);
        default -> store.find(id).ifPresent(this::run);
      }
    }
  }

  private void put(String id) {
    DefinitionBuilder definition = aJob().tagged(tags().toArray(String[]::new));
    perhaps(() -> definition.named(oneOf(List.of("Bell", "bell of Ghent", "CAFÉ", "Bells é"))));
    perhaps(() -> definition.to("http://Ghent.example/"));
    perhaps(() -> definition.restingBetweenRuns("PT10S"));
    store
        .find(id)
        .ifPresentOrElse(
            job -> store.put(steps.replacement(job, definition.build())),
            () -> create(id, definition));
  }

  private void create(String id, DefinitionBuilder definition) {
    Instant next = next();
    steps.delayedJob(id, definition, next, next.plusSeconds(random.nextInt(3)));
  }

  /** Of few, so that many are the same; later than all that was claimed. */
  private Instant next() {
    long latest = steps.now().getEpochSecond() / 10 * 10;
    return Instant.ofEpochSecond(latest + 10L * (1 + random.nextInt(5)));
  }

  private void pauseOrResume(Job job) {
    store.setState(
        job.state() == JobState.PAUSED
            ? steps.resume(job, next())
            : steps.pause(job, perhaps(() -> steps.now().plusSeconds(30))));
  }

  /** Claims what a job has to come, once it is due. Its run stays until the next are taken. */
  private void claim(Timed timed) {
    Job job = timed.job();
    if (job.nextRunAt().isEmpty() || timed.dueAt().isEmpty()) {
      return;
    }
    Instant occurrence = job.nextRunAt().get();
    Instant due = timed.dueAt().get();
    while (steps.now().isBefore(due) || steps.now().isBefore(occurrence)) {
      ports().pass(Duration.ofSeconds(1));
    }
    Claim claim =
        new Claim(
            job.id(),
            job.revision(),
            due,
            occurrence,
            Claim.Kind.FIRE,
            job.definition().rest().isPresent() ? Upcoming.WAITING : after(occurrence),
            Optional.empty());
    long epoch = ports().lease().holder().map(Leadership::epoch).orElseGet(steps::lead);
    assertThat(steps.claim(epoch, claim)).isInstanceOf(ClaimResult.Claimed.class);
  }

  private Upcoming after(Instant occurrence) {
    Instant next = occurrence.plusSeconds(10L * (1 + random.nextInt(3)));
    return new Upcoming(
        JobState.ACTIVE, Optional.of(new Next(next, next.plusSeconds(random.nextInt(3)))));
  }

  /** By hand, so that it need not be due. All runs that are ready then end. */
  private void run(Job job) {
    String drawn = "x" + random.nextLong(1L << 40);
    RunId run = RunId.byHand(job.id(), job.incarnation(), steps.now(), drawn);
    ports().runs().accept(new ByHand(run, steps.now(), Optional.empty()));
    for (TakenRun taken : steps.take("a", drawn).runs()) {
      boolean good = random.nextBoolean();
      steps.finish("a", taken, good ? LedgerSteps.succeeded(taken) : LedgerSteps.failed(taken));
    }
  }
}
