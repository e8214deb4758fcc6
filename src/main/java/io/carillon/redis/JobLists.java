package io.carillon.redis;

import io.carillon.engine.JobFilter;
import io.carillon.engine.JobPlace;
import io.carillon.engine.JobSearch;
import io.carillon.engine.JobSort;
import io.carillon.engine.JobStore.Page;
import io.carillon.engine.JobStore.Timed;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pages of the list of jobs. Tags, states and outcomes have indexes, so a script finds and reads a
 * page in one call. Names, ids and URLs have none: what a search compares is read of many jobs, and
 * only those that match are read whole.
 *
 * <p>A call looks at so many jobs that others are not held up, and a page at so many that its
 * client is not: where matches are rare, the page is short and says where to go on.
 */
final class JobLists {

  private static final int LOOKS_OF_A_CALL = 1_000;
  private static final int CALLS_OF_A_PAGE = 10;

  private static final int COMPARED_IN_A_CALL = 500;
  private static final int COMPARING_CALLS_OF_A_PAGE = 4;

  private static final Page NOTHING = new Page(List.of(), Optional.empty());

  private final RedisLink link;
  private final JobReader reader;
  private final RedisScript byId;
  private final RedisScript byNextRun;

  JobLists(RedisLink link, JobReader reader, Partition partition) {
    this.link = link;
    this.reader = reader;
    this.byId = partition.script("list-jobs");
    this.byNextRun = partition.script("list-next-runs");
  }

  Page page(JobFilter filter, JobSort sort, int size, Optional<JobPlace> after) {
    if (sort == JobSort.NEXT_RUN_AT
        && filter.state().filter(state -> state != JobState.ACTIVE).isPresent()) {
      return NOTHING;
    }
    return filter.searches()
        ? searched(filter, sort, size, after)
        : indexed(filter, sort, size, after);
  }

  private Page indexed(JobFilter filter, JobSort sort, int size, Optional<JobPlace> after) {
    Map<String, Job> page = new LinkedHashMap<>();
    Optional<JobPlace> next = after;
    for (int call = 0; call < CALLS_OF_A_PAGE && page.size() < size; call++) {
      Look look = look(filter, sort, next, size - page.size(), LOOKS_OF_A_CALL, "jobs");
      // Between two calls a job may move on in the list; it is found again then.
      reader.read(look.ids(), look.reply, Look.PARTS).stream()
          .map(Timed::job)
          .forEach(job -> page.putIfAbsent(job.id(), job));
      next = look.next();
      if (next.isEmpty()) {
        break;
      }
    }
    return new Page(List.copyOf(page.values()), next);
  }

  private Page searched(JobFilter filter, JobSort sort, int size, Optional<JobPlace> after) {
    JobSearch search = new JobSearch(filter);
    Map<String, JobPlace> matches = new LinkedHashMap<>();
    Optional<JobPlace> next = after;
    for (int call = 0; call < COMPARING_CALLS_OF_A_PAGE; call++) {
      // Most that is searched for is found soon.
      int most = call == 0 ? Math.min(2 * size, COMPARED_IN_A_CALL) : COMPARED_IN_A_CALL;
      Look look = look(filter, sort, next, most, COMPARED_IN_A_CALL, "searched");
      look.matches(search).forEach(place -> matches.putIfAbsent(place.id(), place));
      next = look.next();
      if (matches.size() > size) {
        next = matches.values().stream().skip(size - 1).findFirst();
        break;
      } else if (next.isEmpty()) {
        break;
      }
    }
    List<String> ids = matches.keySet().stream().limit(size).toList();
    return new Page(stillFound(ids, search, sort), next);
  }

  /** Jobs that were found a moment ago may have changed since. */
  private List<Job> stillFound(List<String> ids, JobSearch search, JobSort sort) {
    return reader.read(ids, true).stream()
        .map(Timed::job)
        .filter(search::finds)
        .filter(job -> JobPlace.of(job, sort).isPresent())
        .sorted(Comparator.comparing(job -> JobPlace.of(job, sort).orElseThrow()))
        .toList();
  }

  private Look look(
      JobFilter filter, JobSort sort, Optional<JobPlace> after, int most, int looks, String parts) {
    ScriptCall call = (sort == JobSort.ID ? byId : byNextRun).call();
    return new Look(
        call.with("tags", String.join(" ", filter.tags()))
            .with("lists", lists(filter, sort))
            .with("after", after)
            .with("most", most)
            .with("looks", looks)
            .with("parts", parts)
            .await(link));
  }

  /** The lists in one of which a job has to be; none where the others decide. */
  private static String lists(JobFilter filter, JobSort sort) {
    boolean any = filter.state().isEmpty() && filter.lastOutcome().isEmpty();
    boolean others = sort == JobSort.NEXT_RUN_AT || !filter.tags().isEmpty();
    if (any && others) {
      return "";
    }
    List<JobState> states =
        sort == JobSort.NEXT_RUN_AT
            ? List.of(JobState.ACTIVE)
            : filter.state().map(List::of).orElse(List.of(JobState.values()));
    List<LastOutcome> outcomes =
        filter.lastOutcome().map(List::of).orElse(List.of(LastOutcome.values()));
    return states.stream()
        .flatMap(state -> outcomes.stream().map(end -> state.word() + ':' + end.word()))
        .collect(Collectors.joining(" "));
  }

  /** The findings of a script. */
  private record Look(Response reply) {

    /** Where in the reply the parts of the jobs begin. */
    private static final int PARTS = 2;

    private Optional<JobPlace> next() {
      return Texts.present(reply.get(0).toString()).flatMap(JobPlace::parse);
    }

    private List<JobPlace> places() {
      return Texts.present(reply.get(1).toString()).stream()
          .flatMap(places -> Stream.of(places.split(" ")))
          .flatMap(place -> JobPlace.parse(place).stream())
          .toList();
    }

    private List<String> ids() {
      return places().stream().map(JobPlace::id).toList();
    }

    private List<JobPlace> matches(JobSearch search) {
      List<JobPlace> places = places();
      List<JobPlace> matches = new ArrayList<>();
      for (int i = 0; i < places.size(); i++) {
        JobPlace place = places.get(i);
        SearchedText.read(reply.get(PARTS + i).toString())
            .filter(text -> search.finds(place.id(), text.name(), text.url(), text.tags()))
            .ifPresent(found -> matches.add(place));
      }
      return matches;
    }
  }
}
