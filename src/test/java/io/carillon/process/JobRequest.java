package io.carillon.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;

/** A job as a client writes it: {@code aJob().every("PT1S").to(url)}. */
public final class JobRequest {

  private final ObjectNode job = new ObjectMapper().createObjectNode();

  private JobRequest() {}

  public static JobRequest aJob() {
    return new JobRequest();
  }

  public JobRequest withId(String id) {
    job.put("id", id);
    return this;
  }

  public JobRequest named(String name) {
    job.put("name", name);
    return this;
  }

  public JobRequest tagged(String tag) {
    job.withArray("/tags").add(tag);
    return this;
  }

  /** Runs at a steady distance, an ISO-8601 duration. */
  public JobRequest every(String duration) {
    job.putObject("schedule").put("type", "duration").put("every", duration);
    return this;
  }

  /** Runs when a cron expression says. */
  public JobRequest onCron(String expression) {
    job.putObject("schedule").put("type", "cron").put("expression", expression);
    return this;
  }

  /** Runs at these instants. */
  public JobRequest once(Instant... instants) {
    ArrayNode at = job.putObject("schedule").put("type", "once").putArray("at");
    for (Instant instant : instants) {
      at.add(instant.toString());
    }
    return this;
  }

  /** Says what becomes of occurrences that are later than {@code threshold}. */
  public JobRequest whenMissed(String policy, String threshold, int maxCatchUp) {
    job.putObject("misfire")
        .put("policy", policy)
        .put("threshold", threshold)
        .put("maxCatchUp", maxCatchUp);
    return this;
  }

  /** Fixes the phase. */
  public JobRequest startingAt(Instant instant) {
    job.put("startAt", instant.toString());
    return this;
  }

  public JobRequest to(URI url) {
    target().put("url", url.toString());
    return this;
  }

  /** Sends this text. */
  public JobRequest sending(String text) {
    target().put("body", text);
    return this;
  }

  /** Gives each attempt this long. */
  public JobRequest within(String timeout) {
    target().put("timeout", timeout);
    return this;
  }

  /** Attempts each run that often, as long as somebody answers. */
  public JobRequest attemptedAtMost(int attempts) {
    job.withObject("/retry").put("maxAttempts", attempts);
    return this;
  }

  /** Lets so many of its runs be under way at a time; so many others wait, the rest is skipped. */
  public JobRequest queueing(int limit, int maxQueue) {
    job.putObject("concurrency")
        .put("limit", limit)
        .put("onLimit", "queue")
        .put("maxQueue", maxQueue);
    return this;
  }

  public String json() {
    return job.toString();
  }

  private ObjectNode target() {
    return job.withObject("/target");
  }
}
