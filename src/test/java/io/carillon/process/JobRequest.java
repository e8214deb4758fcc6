package io.carillon.process;

import com.fasterxml.jackson.databind.ObjectMapper;
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

  /** Runs at a steady distance, an ISO-8601 duration. */
  public JobRequest every(String duration) {
    job.putObject("schedule").put("type", "duration").put("every", duration);
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

  /** Gives each attempt this long. */
  public JobRequest within(String timeout) {
    target().put("timeout", timeout);
    return this;
  }

  public String json() {
    return job.toString();
  }

  private ObjectNode target() {
    return job.withObject("/target");
  }
}
