package io.carillon.simulation;

import static io.carillon.job.DefinitionBuilder.aJob;

import io.carillon.engine.IdempotentRequests.Making;
import io.carillon.engine.Makings;
import io.carillon.job.ManualOccurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Users who give their requests an idempotency key and repeat them, answered or not, through
 * whichever replica they reach.
 */
final class KeyedUsers {

  private static final int REMEMBERED = 3;

  private final Chance chance;
  private final Trace trace;
  private final List<Request> requests = new ArrayList<>();
  private int drawn;

  private record Request(String key, Function<Replica, Making<?>> making) {}

  KeyedUsers(Chance chance, Trace trace) {
    this.chance = chance;
    this.trace = trace;
  }

  /** Asks for something new, and gives up what was asked for long ago. */
  void ask(Replica through, String job) {
    String key = "key-" + ++drawn;
    boolean creates = chance.onceIn(2);
    Request request = new Request(key, replica -> creates ? creation(replica) : run(replica, job));
    requests.add(request);
    if (requests.size() > REMEMBERED) {
      requests.remove(0);
    }
    carryOut(through, request);
  }

  /** Asks once more for something, if anything was asked for. */
  void repeat(Replica through) {
    if (!requests.isEmpty()) {
      carryOut(through, chance.oneOf(requests));
    }
  }

  private void carryOut(Replica through, Request request) {
    String key = request.key();
    Object result;
    try {
      Making<?> making = request.making().apply(through);
      result = through.idempotentRequests().once(key, "request " + key, making);
    } catch (Makings.Refused refused) {
      result = refused.getMessage();
    }
    Object answer = result;
    trace.note(() -> "user under " + key + " → " + answer);
  }

  /** A job that rings when the history is over. */
  private Making<?> creation(Replica replica) {
    return Makings.ofJob(
        replica.jobs(), replica.store(), aJob().every("PT9H").build(), () -> "drawn-" + ++drawn);
  }

  private Making<?> run(Replica replica, String job) {
    return Makings.ofRun(
        replica.store(),
        replica.runs(),
        job,
        () -> new ManualOccurrence(replica.now(), "k" + ++drawn));
  }
}
