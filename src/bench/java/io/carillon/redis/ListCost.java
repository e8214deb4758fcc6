package io.carillon.redis;

import static io.carillon.job.DefinitionBuilder.aJob;

import io.carillon.engine.JobFilter;
import io.carillon.engine.JobPlace;
import io.carillon.engine.JobSort;
import io.carillon.engine.JobStore.Page;
import io.carillon.engine.LedgerSteps;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.JobState;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a page of the list of jobs costs: CPU time of a real server, and the time until the page is
 * there, for lists with an index and without, the jobs of a page read. Pages follow one another,
 * from the beginning again at the end. Every job has a tag, every other another one, and a few a
 * third; every tenth has jitter.
 *
 * <p>System properties: {@code jobs} (100,000), {@code size} (50, of a page), {@code pages} (200).
 */
public final class ListCost {

  /** Every how many jobs one has the tag that few have. */
  private static final int RARE = 2_000;

  private final int jobs = Integer.getInteger("jobs", 100_000);
  private final int size = Integer.getInteger("size", 50);
  private final int pages = Integer.getInteger("pages", 200);
  private final RedisPorts ports;

  private ListCost(RedisPorts ports) {
    this.ports = ports;
  }

  public static void main(String... arguments) {
    Locale.setDefault(Locale.ROOT);
    Vertx vertx = Vertx.vertx();
    try (RedisServer server = RedisServer.start();
        RedisPorts ports = new RedisPorts(vertx, server.uri(), RedisSettings.DEFAULT)) {
      new ListCost(ports).run();
    } finally {
      vertx.close();
    }
  }

  private void run() {
    ports.reset();
    LedgerSteps steps = new LedgerSteps(ports);
    for (int i = 0; i < jobs; i++) {
      DefinitionBuilder job =
          aJob().named("Billing of " + i).to("https://billing.example.com/hook");
      job.tagged(i % RARE == 0 ? new String[] {"all", "rare"} : tags(i));
      int delay = i % 10 == 0 ? 5 : 0;
      // Not in the order of their ids.
      var next = steps.now().plusSeconds(i * 7_919L % jobs);
      steps.delayedJob("job-%08d".formatted(i), job, next, next.plusSeconds(delay));
    }
    JobFilter all = JobFilter.ALL;
    for (JobSort sort : JobSort.values()) {
      measure("all", all, sort);
      measure("state", filter(List.of(), Optional.of(JobState.ACTIVE), List.of()), sort);
      measure("tag", filter(List.of("all"), Optional.empty(), List.of()), sort);
      measure("two tags", filter(List.of("all", "half"), Optional.empty(), List.of()), sort);
      measure("rare tag too", filter(List.of("all", "rare"), Optional.empty(), List.of()), sort);
      measure("tag, state", filter(List.of("half"), Optional.of(JobState.ACTIVE), List.of()), sort);
      measure("frequent word", filter(List.of(), Optional.empty(), List.of("BILL")), sort);
      measure("absent word", filter(List.of(), Optional.empty(), List.of("nowhere")), sort);
    }
  }

  private static String[] tags(int number) {
    return number % 2 == 0 ? new String[] {"all", "half"} : new String[] {"all"};
  }

  private static JobFilter filter(List<String> tags, Optional<JobState> state, List<String> words) {
    return new JobFilter(tags, state, Optional.empty(), Optional.empty(), words);
  }

  private void measure(String title, JobFilter filter, JobSort sort) {
    read(filter, sort);
    long cpu = ServerCpu.micros(ports.queries());
    long begin = System.nanoTime();
    long found = read(filter, sort);
    long nanos = System.nanoTime() - begin;
    System.out.printf(
        "%-9s %-14s %,7.0f us of Redis CPU a page, %,7.0f us until it is there, %4.1f jobs on it%n",
        sort.word(),
        title,
        (ServerCpu.micros(ports.queries()) - cpu) / (double) pages,
        nanos / 1e3 / pages,
        found / (double) pages);
  }

  private long read(JobFilter filter, JobSort sort) {
    Optional<JobPlace> after = Optional.empty();
    long found = 0;
    for (int i = 0; i < pages; i++) {
      Page page = ports.jobs().list(filter, sort, size, after);
      found += page.jobs().size();
      after = page.next();
    }
    return found;
  }
}
