package io.carillon.redis;

import io.carillon.engine.JobStore.Filter;
import io.carillon.job.JobState;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ids of jobs in their order. Each job is in one list, by its state and the outcome of its
 * latest run; what is asked for over several lists is merged.
 */
final class JobLists {

  /** The outcomes that a latest run can have; {@code none} where there was no run. */
  static final List<String> OUTCOMES = List.of("none", "succeeded", "failed", "cancelled");

  private final RedisLink link;
  private final Keys keys;

  JobLists(RedisLink link, Keys keys) {
    this.link = link;
    this.keys = keys;
  }

  /** The next ids of the narrowest lists that hold all that the filter may find. */
  List<String> after(Optional<String> id, Filter filter, int most) {
    return merged(
        filter.tags().isEmpty() ? lists(filter) : List.of(keys.tag(filter.tags().get(0))),
        id,
        most);
  }

  private List<String> lists(Filter filter) {
    List<JobState> states =
        filter.state().map(List::of).orElseGet(() -> List.of(JobState.values()));
    return states.stream()
        .flatMap(state -> OUTCOMES.stream().map(outcome -> keys.listed(state.word(), outcome)))
        .toList();
  }

  private List<String> merged(List<String> lists, Optional<String> after, int most) {
    List<Future<Response>> pages = new ArrayList<>();
    for (String list : lists) {
      pages.add(
          link.send(
              Request.cmd(Command.ZRANGEBYLEX)
                  .arg(list)
                  .arg(after.map(id -> "(" + id).orElse("-"))
                  .arg("+")
                  .arg("LIMIT")
                  .arg(0)
                  .arg(most)));
    }
    return pages.stream()
        .flatMap(page -> RedisLink.await(page).stream())
        .map(Response::toString)
        .sorted()
        .distinct()
        .limit(most)
        .toList();
  }
}
