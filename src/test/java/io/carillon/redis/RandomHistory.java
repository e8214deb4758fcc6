package io.carillon.redis;

import static io.carillon.job.DefinitionBuilder.aJob;

import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.IdempotencyKeys.KeyState;
import io.carillon.engine.JobFilter;
import io.carillon.engine.JobPlace;
import io.carillon.engine.JobSort;
import io.carillon.engine.JobStore.Page;
import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.SetState;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.Lease.Sighting;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult.HandedOff;
import io.carillon.engine.RunLedger.Finish;
import io.carillon.engine.RunLedger.HandOff;
import io.carillon.engine.RunLedger.Missed;
import io.carillon.engine.RunLedger.Next;
import io.carillon.engine.RunLedger.Outcome;
import io.carillon.engine.RunLedger.Report;
import io.carillon.engine.RunLedger.Take;
import io.carillon.engine.RunLedger.Taken;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.StoreUnavailable;
import io.carillon.engine.Upcoming;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.Ports;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.Attempt;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.Definition;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import io.carillon.job.Pause;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import io.carillon.schedule.From;
import io.carillon.schedule.RandomDurationSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Things asked of the ports by chance: mostly what the service asks, as often as not too late,
 * twice, or by somebody who has no right to. What is asked follows from the seed and from the
 * model's state, so a seed is a history.
 */
final class RandomHistory {

  private static final List<String> JOBS = List.of("bells", "gongs", "chimes");
  private static final List<String> REPLICAS = List.of("r1", "r2", "r3");
  private static final int REMEMBERED = 12;
  private static final int PUTS_BEFORE_SOME_TOGETHER = 5;

  private final SplittableRandom random;
  private final InMemoryLedger model;
  private final Mood mood;
  private int putsSoFar;

  /** What was handed out before; some of it is out of date by now. */
  private final List<Take> takes = new ArrayList<>();

  private final List<Held> held = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();
  private final List<HandOff> handOffs = new ArrayList<>();
  private final List<Leadership> terms = new ArrayList<>();

  private record Held(String replica, TakenRun run) {}

  /** One question to the ports; what it answers is a value. */
  record Step(Supplier<String> question, Function<Ports, Object> ask) {
    /** What the ports answer, also where they are full. */
    Object answerOf(Ports ports) {
      try {
        return ask.apply(ports);
      } catch (StoreUnavailable unavailable) {
        return fullOrThrow(unavailable);
      } catch (CompletionException failure) {
        return fullOrThrow(failure);
      }
    }

    private static String fullOrThrow(RuntimeException failure) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause instanceof StoreUnavailable unavailable && unavailable.full()) {
        return "full";
      }
      throw failure;
    }

    @Override
    public String toString() {
      return question.get();
    }
  }

  RandomHistory(long seed, InMemoryLedger model) {
    this.random = new SplittableRandom(seed);
    this.mood = oneOf(Mood.values());
    this.model = model;
  }

  /** What there is more of in one history than in another. */
  private enum Mood {
    CALM,
    CRASHES,
    ELECTIONS,
    DILIGENCE,
    CROWDS
  }

  /** The next question. */
  Step next() {
    if (model.scheduler().isFull() && rarely()) {
      return new Step(() -> "make room", ports -> asked(ports, Ports::makeRoom));
    }
    if (random.nextBoolean()) {
      return anything();
    }
    return switch (mood) {
      case CALM -> anything();
      case CRASHES -> oneOf(this::newTake, this::reap, this::pass, this::heartbeat);
      case ELECTIONS -> oneOf(this::election, this::election, this::pass);
      case DILIGENCE -> oneOf(this::accept, this::newTake, this::finish);
      case CROWDS ->
          oneOf(
              this::accept,
              this::accept,
              this::newTake,
              this::finish,
              this::cancel,
              this::settings);
    };
  }

  @SafeVarargs
  private Step oneOf(Supplier<Step>... steps) {
    return steps[random.nextInt(steps.length)].get();
  }

  private Step anything() {
    return switch (random.nextInt(45)) {
      case 0, 1, 2, 3 -> put();
      case 4, 5 -> setState();
      case 6 -> delete();
      case 7, 8, 9, 10, 11, 12 -> claim();
      case 13, 14 -> accept();
      case 15, 16, 17, 18, 19 -> take();
      case 20, 21, 22, 23 -> finish();
      case 24 -> reap();
      case 25 -> settings();
      case 26 -> heartbeat();
      case 27, 28 -> election();
      case 29 -> look();
      case 30, 31 -> cancel();
      case 32, 33 -> redeliver();
      case 34, 35, 36 -> complete();
      case 37 -> depose();
      case 38, 39, 40 -> key();
      case 41 -> owned();
      case 42 -> new Step(() -> "fill up", ports -> asked(ports, Ports::fillUp));
      default -> pass();
    };
  }

  private static boolean asked(Ports ports, Consumer<Ports> change) {
    change.accept(ports);
    return ports.scheduler().isFull();
  }

  /** Remembers what the model answered, to ask about it later. */
  void learn(Step step, Object answer) {
    if (answer instanceof Taken taken) {
      String replica = takes.get(takes.size() - 1).replica();
      taken.runs().forEach(run -> remember(held, new Held(replica, run)));
    }
    if (answer instanceof List<?> answers) {
      answers.forEach(this::learnOfHandOff);
    }
    model.lease().holder().filter(holder -> !terms.contains(holder)).ifPresent(terms::add);
  }

  private void learnOfHandOff(Object answer) {
    HandOff to = handOffs.isEmpty() ? HandOff.NONE : handOffs.get(handOffs.size() - 1);
    if (answer instanceof TakenRun run) {
      remember(held, new Held(to.replica(), run));
    } else if (answer instanceof HandedOff run) {
      Job job = model.jobs().find(run.run().jobId()).orElseThrow();
      remember(
          held,
          new Held(
              to.replica(),
              new TakenRun(
                  run.run(),
                  to.token(),
                  Trigger.SCHEDULE,
                  now(),
                  1,
                  0,
                  run.at(),
                  run.at(),
                  job.definition(),
                  Optional.empty(),
                  run.reportToken())));
    }
  }

  private static <T> void remember(List<T> memory, T thing) {
    memory.add(thing);
    if (memory.size() > REMEMBERED) {
      memory.remove(0);
    }
  }

  // Jobs

  /** Mostly one alone, now and then several together, also of one job. */
  private Step put() {
    boolean alone = ++putsSoFar % PUTS_BEFORE_SOME_TOGETHER != 0;
    List<Put> puts = new ArrayList<>();
    for (int i = alone ? 1 : random.nextInt(2, 5); i > 0; i--) {
      puts.add(aPut());
    }
    return new Step(puts::toString, ports -> orThrown(ports.jobs().putAll(puts)));
  }

  private static List<Written> orThrown(List<Written> written) {
    for (Written one : written) {
      if (one instanceof Written.Failed failed) {
        throw failed.cause();
      }
    }
    return written;
  }

  private Put aPut() {
    String id = oneOf(JOBS);
    Optional<Job> known = model.jobs().find(id);
    Definition definition = definition();
    JobState state = oneOf(JobState.ACTIVE, JobState.ACTIVE, JobState.ACTIVE, anyState());
    Next next = next(now());
    boolean active = state == JobState.ACTIVE && (definition.rest().isPresent() || usually());
    boolean holdsBack = state == JobState.PAUSED && sometimes();
    return new Put(
        id,
        revision(known),
        usually() ? known.flatMap(Job::pending) : Optional.of(now()),
        definition,
        state,
        pause(state),
        now(),
        now(),
        active || holdsBack ? Optional.of(next.scheduledAt()) : Optional.empty(),
        active ? Optional.of(next.dueAt()) : until(state),
        known.isEmpty() && sometimes() ? Optional.of(keyClaim()) : Optional.empty());
  }

  private Step setState() {
    String id = oneOf(JOBS);
    Optional<Job> known = model.jobs().find(id);
    JobState state = anyState();
    Next next = next(now());
    boolean rests = known.filter(job -> job.definition().rest().isPresent()).isPresent();
    boolean active = state == JobState.ACTIVE && (rests || usually());
    SetState change =
        new SetState(
            id,
            revision(known),
            state,
            pause(state),
            now(),
            active ? Optional.of(next.scheduledAt()) : Optional.empty(),
            active ? Optional.of(next.dueAt()) : until(state));
    return new Step(change::toString, ports -> ports.jobs().setState(change));
  }

  private Optional<Pause> pause(JobState state) {
    return state == JobState.PAUSED
        ? Optional.of(new Pause(perhaps(() -> "reason"), now(), until(state)))
        : Optional.empty();
  }

  /** Always the same for one instant, as the end of one pause is. */
  private Optional<Instant> until(JobState state) {
    return state == JobState.PAUSED && now().getEpochSecond() % 20 == 0
        ? Optional.of(now().plusSeconds(30))
        : Optional.empty();
  }

  private Step delete() {
    String id = oneOf(JOBS);
    long revision = revision(model.jobs().find(id));
    return new Step(
        () -> "delete " + id + ' ' + revision, ports -> ports.jobs().delete(id, revision));
  }

  private long revision(Optional<Job> known) {
    long present = known.map(Job::revision).orElse(0L);
    return usually() ? present : Math.max(0, present + random.nextInt(-1, 2));
  }

  private JobState anyState() {
    return oneOf(JobState.values());
  }

  private Definition definition() {
    DefinitionBuilder definition = aJob().within("PT%dS".formatted(random.nextInt(1, 20)));
    switch (random.nextInt(5)) {
      case 0 -> definition.restingBetweenRuns("PT20S");
      case 1 ->
          definition.on(
              new RandomDurationSchedule(
                  Duration.ofSeconds(5), Duration.ofMillis(15_001), From.COMPLETION));
      default -> definition.every("PT10S");
    }
    perhaps(() -> definition.jitteredBy("PT3S"));
    perhaps(() -> definition.atMost(random.nextInt(1, 6)));
    perhaps(() -> definition.endingAt(now().plusSeconds(10 * random.nextInt(6))));
    perhaps(() -> definition.guardedWithin("PT3S"));
    perhaps(() -> definition.limitedTo(limit()));
    perhaps(() -> definition.pausedAfter(random.nextInt(1, 4)));
    perhaps(definition::reported);
    perhaps(() -> definition.named(oneOf("Ding", "dong")));
    return definition
        .tagged(oneOf(List.of(), List.of("x"), List.of("x", "y")).toArray(String[]::new))
        .build();
  }

  private Next next(Instant after) {
    Instant scheduled = after.plusMillis(random.nextInt(-2_000, 20_000));
    return new Next(scheduled, scheduled.plusMillis(sometimes() ? random.nextInt(1, 3_000) : 0));
  }

  // Occurrences

  private Step claim() {
    List<Claim> batch = IntStream.range(0, random.nextInt(1, 5)).mapToObj(i -> oneClaim()).toList();
    batch.forEach(claim -> remember(claims, claim));
    long epoch = epoch();
    HandOff to = sometimes() ? HandOff.NONE : handOff();
    remember(handOffs, to);
    return new Step(
        () -> "claim " + epoch + ' ' + batch + ' ' + to,
        ports -> await(ports.runs().claim(epoch, batch, to)));
  }

  private HandOff handOff() {
    return rarely() && !handOffs.isEmpty()
        ? oneOf(handOffs)
        : new HandOff(oneOf(REPLICAS), "h" + random.nextInt(1_000_000), random.nextInt(4));
  }

  private Step owned() {
    HandOff to = handOff();
    remember(handOffs, to);
    return new Step(
        () -> "owned " + to, ports -> await(ports.runs().owned(to.replica(), to.token())));
  }

  private long epoch() {
    long present = terms.isEmpty() ? 0 : terms.get(terms.size() - 1).epoch();
    return usually() || terms.isEmpty() ? present : oneOf(terms).epoch();
  }

  private Claim oneClaim() {
    Optional<Job> known = model.jobs().find(oneOf(JOBS));
    if (known.isEmpty() || rarely() && !claims.isEmpty()) {
      return claims.isEmpty() ? claimOf("nobody", 1, now(), now()) : oneOf(claims);
    }
    Job job = known.get();
    Instant due = usually() ? due(job) : now().plusMillis(random.nextInt(-100, 100));
    Instant occurrence = job.nextRunAt().orElse(due);
    Instant other = job.lastOccurrence().orElse(occurrence).plusMillis(random.nextInt(-1, 2));
    return claimOf(job.id(), revision(known), due, usually() ? occurrence : other);
  }

  private Instant due(Job job) {
    return model.jobs().load(List.of(job.id())).get(0).dueAt().orElse(now());
  }

  private Claim claimOf(String job, long revision, Instant due, Instant occurrence) {
    Claim.Kind kind = oneOf(Claim.Kind.FIRE, Claim.Kind.FIRE, oneOf(Claim.Kind.values()));
    return new Claim(job, revision, due, occurrence, kind, upcoming(due), missed(occurrence));
  }

  private Optional<Missed> missed(Instant occurrence) {
    return rarely()
        ? Optional.of(new Missed(occurrence.minusMillis(3), random.nextInt(1, 4)))
        : Optional.empty();
  }

  private Upcoming upcoming(Instant due) {
    return switch (random.nextInt(8)) {
      case 0 -> new Upcoming(JobState.COMPLETED, Optional.empty());
      case 1, 2 -> Upcoming.WAITING;
      // Sometimes due at the very instant that was claimed.
      case 3 -> new Upcoming(JobState.ACTIVE, Optional.of(new Next(due, due)));
      default -> new Upcoming(JobState.ACTIVE, Optional.of(next(due)));
    };
  }

  private Step accept() {
    String id = oneOf(JOBS);
    String incarnation =
        model.jobs().find(id).filter(job -> usually()).map(Job::incarnation).orElse("earlier");
    String drawn = "x" + random.nextInt(8);
    RunId run = RunId.byHand(id, incarnation, SettableClock.START, drawn);
    ByHand byHand = new ByHand(run, now(), perhaps(() -> "{\"ding\":[1,2]}"));
    if (sometimes()) {
      IdempotencyKeys.Claim under = keyClaim();
      return new Step(() -> byHand + " " + under, ports -> ports.runs().accept(byHand, under));
    }
    return new Step(byHand::toString, ports -> ports.runs().accept(byHand));
  }

  // Idempotency keys

  private Step key() {
    IdempotencyKeys.Claim claim = keyClaim();
    return switch (random.nextInt(6)) {
      case 0 ->
          new Step(
              () -> "release " + claim, ports -> await(ports.idempotencyKeys().releaseKey(claim)));
      case 1 ->
          new Step(
              () -> "forget " + claim,
              ports -> {
                ports.idempotencyKeys().forgetKey(claim);
                return "done";
              });
      default -> new Step(claim::toString, ports -> claimKey(ports, claim));
    };
  }

  /** What became of it, with what was made under the key before. */
  private static List<Object> claimKey(Ports ports, IdempotencyKeys.Claim claim) {
    KeyState state = ports.idempotencyKeys().claimKey(claim);
    if (!(state instanceof KeyState.Made made)) {
      return List.of(state);
    }
    return List.of(
        state,
        ports.jobs().createdUnder(claim.key(), made.id()),
        RunId.parse(made.id()).flatMap(run -> ports.runs().acceptedUnder(claim.key(), run)));
  }

  private IdempotencyKeys.Claim keyClaim() {
    return new IdempotencyKeys.Claim(
        oneOf(List.of("k1", "k2")),
        rarely() ? "other" : "request",
        "x" + random.nextInt(8),
        "t" + random.nextInt(2));
  }

  // Deliveries

  private Step take() {
    return sometimes() && !takes.isEmpty() ? take(oneOf(takes)) : newTake();
  }

  private Step newTake() {
    String token = "t" + random.nextInt(1_000_000);
    return take(new Take(oneOf(REPLICAS), token, random.nextInt(1, 5)));
  }

  private Step take(Take take) {
    remember(takes, take);
    return new Step(take::toString, ports -> await(ports.runs().take(take)));
  }

  private Step finish() {
    if (held.isEmpty()) {
      return newTake();
    }
    String replica = oneOf(held).replica();
    List<Held> its = held.stream().filter(one -> one.replica().equals(replica)).toList();
    List<Finish> batch =
        IntStream.range(0, random.nextInt(1, 5)).mapToObj(i -> finish(oneOf(its).run())).toList();
    String by = usually() ? replica : oneOf(REPLICAS);
    return new Step(
        () -> "finish " + by + ' ' + batch, ports -> await(ports.runs().finish(by, batch)));
  }

  private Finish finish(TakenRun run) {
    return new Finish(run.id(), usually() ? run.token() : "wrong", outcome(run));
  }

  private Outcome outcome(TakenRun run) {
    Optional<String> error = perhaps(() -> oneOf("timeout", "timeout", "gone"));
    Attempt attempt =
        new Attempt(
            run.attempt(),
            run.at(),
            Optional.of(Duration.ofMillis(random.nextInt(500))),
            perhaps(() -> 500),
            error,
            Optional.empty());
    return switch (random.nextInt(8)) {
      case 6 -> new Outcome.Awaiting(Duration.ofMillis(random.nextInt(30_000)), attempt);
      case 0, 1 -> new Outcome.Retry(Duration.ofMillis(random.nextInt(30_000)), attempt);
      case 2 -> new Outcome.HandedBack();
      default ->
          new Outcome.Ended(
              oneOf(RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED, RunState.SKIPPED),
              error,
              attempt);
    };
  }

  private Step reap() {
    String replica = oneOf(REPLICAS);
    return new Step(() -> "reap by " + replica, ports -> ports.runs().reap(replica, 100));
  }

  private Step cancel() {
    RunId run = anyRun();
    return new Step(() -> "cancel " + run, ports -> ports.runs().cancel(run));
  }

  private Step redeliver() {
    RunId run = anyRun();
    return new Step(() -> "redeliver " + run, ports -> ports.runs().redeliver(run));
  }

  private Step complete() {
    RunId run = anyRun();
    Optional<String> known =
        held.stream()
            .map(Held::run)
            .filter(taken -> taken.id().equals(run))
            .findFirst()
            .flatMap(TakenRun::reportToken);
    Report report =
        new Report(
            run,
            oneOf(RunState.SUCCEEDED, RunState.FAILED),
            perhaps(() -> oneOf("done", "gone")),
            sometimes() ? Optional.of("wrong") : known);
    return new Step(report::toString, ports -> ports.runs().complete(report));
  }

  /** One that is known, as it is now or as it was taken, or none. */
  private RunId anyRun() {
    if (sometimes() && !held.isEmpty()) {
      return oneOf(held).run().id();
    }
    List<Run> known = model.runs().runs(oneOf(JOBS));
    return known.isEmpty()
        ? RunId.byHand(oneOf(JOBS), "earlier", SettableClock.START, "x")
        : oneOf(known).id();
  }

  // The scheduler

  private Step settings() {
    Optional<Optional<ConcurrencyPolicy>> limit =
        perhaps(() -> sometimes() ? Optional.empty() : Optional.of(limit()));
    Change change = new Change(perhaps(() -> rarely()), limit);
    return new Step(change::toString, ports -> ports.scheduler().change(change));
  }

  private ConcurrencyPolicy limit() {
    return new ConcurrencyPolicy(
        random.nextInt(1, 4), oneOf(OnLimit.SKIP, OnLimit.QUEUE, OnLimit.QUEUE), random.nextInt(4));
  }

  private Step heartbeat() {
    Replica replica = new Replica(oneOf(REPLICAS), "1", SettableClock.START);
    boolean leaves = rarely();
    return new Step(
        () -> (leaves ? "gone " : "alive ") + replica,
        ports -> {
          if (leaves) {
            ports.scheduler().gone(replica);
          } else {
            ports.scheduler().alive(replica);
          }
          return ports.scheduler().replicas();
        });
  }

  /**
   * Time to live ends 9 s from any instant of a test, so that it does not matter how long that
   * takes.
   */
  private Step election() {
    Duration ttl = Duration.ofSeconds(oneOf(29, 3_609));
    if (terms.isEmpty() || random.nextInt(3) == 0) {
      String replica = oneOf(REPLICAS);
      return new Step(
          () -> "acquire " + replica + ttl, ports -> ports.lease().acquire(replica, ttl));
    }
    Leadership term = usually() ? terms.get(terms.size() - 1) : oneOf(terms);
    if (usually()) {
      return new Step(() -> "renew " + term + ttl, ports -> ports.lease().renew(term, ttl));
    }
    return new Step(
        () -> "release " + term,
        ports -> {
          ports.lease().release(term);
          return ports.lease().holder();
        });
  }

  private Step depose() {
    String replica = oneOf(REPLICAS);
    Duration ttl = Duration.ofSeconds(3_609);
    boolean tooLate = sometimes();
    return new Step(
        () -> "depose by " + replica + (tooLate ? " too late" : ""),
        ports ->
            ports
                .lease()
                .look()
                .map(seen -> tooLate ? new Sighting(seen.holder(), "another", true) : seen)
                .map(seen -> ports.lease().depose(replica, ttl, seen)));
  }

  // Time, and what can be seen

  private Step pass() {
    // Now and then somebody sets the clock back.
    Duration time = Duration.ofSeconds(oneOf(10, 10, 10, 10, 10, 10, 20, 20, 30, 30, 3_600, -10));
    return new Step(
        () -> "pass " + time,
        ports -> {
          ports.pass(time);
          return ports.lease().holder();
        });
  }

  private Step look() {
    String id = oneOf(JOBS);
    JobFilter filter = filter();
    JobSort sort = oneOf(JobSort.values());
    Instant until = now().plusSeconds(10);
    return new Step(
        () -> "look at " + id + ' ' + filter + ' ' + sort,
        ports ->
            List.of(
                ports.jobs().find(id),
                ports.runs().runs(id),
                ports.runs().load(),
                ports.runs().failures(Optional.empty(), 3).runs(),
                ports.jobs().overdue(now()),
                ports.jobs().due(now().minusSeconds(3_600), until, 2),
                ports.jobs().load(JOBS),
                pages(ports, filter, sort),
                ports.scheduler().jobCounts()));
  }

  private JobFilter filter() {
    return new JobFilter(
        oneOf(List.of(), List.of("x"), List.of("y", "x")),
        perhaps(this::anyState),
        perhaps(() -> oneOf(LastOutcome.values())),
        perhaps(() -> oneOf("Ding", "dong", "D")),
        oneOf(List.of(), List.of(), List.of("DING"), List.of("ong", "127"), List.of("X")));
  }

  private static List<Page> pages(Ports ports, JobFilter filter, JobSort sort) {
    List<Page> pages = new ArrayList<>();
    Optional<JobPlace> after = Optional.empty();
    do {
      pages.add(ports.jobs().list(filter, sort, 2, after));
      after = pages.get(pages.size() - 1).next();
    } while (after.isPresent());
    return pages;
  }

  private Instant now() {
    return model.clock().instant();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private boolean usually() {
    return random.nextInt(8) != 0;
  }

  private boolean sometimes() {
    return random.nextInt(3) == 0;
  }

  private boolean rarely() {
    return random.nextInt(8) == 0;
  }

  private <T> Optional<T> perhaps(Supplier<T> thing) {
    return sometimes() ? Optional.of(thing.get()) : Optional.empty();
  }

  private <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  @SafeVarargs
  private <T> T oneOf(T... things) {
    return things[random.nextInt(things.length)];
  }
}
