package io.carillon.schedule;

import java.util.List;
import java.util.regex.Pattern;

/**
 * When a lifecycle event comes that matches: not a matter of time, so its {@link Timetable} is
 * empty.
 *
 * @param events patterns of {@link EventTypes}, at least one
 * @param jobs ids of the jobs whose events count; empty: any
 * @param tags tags of the jobs whose events count; empty: any
 */
public record EventSchedule(List<String> events, List<String> jobs, List<String> tags)
    implements Schedule {

  private static final Pattern JOB_ID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  public EventSchedule {
    Faults faults = new Faults();
    if (events == null) {
      faults.add("/events", "required", "a list of event types is required");
    } else if (events.isEmpty()) {
      faults.add("/events", "empty", "the list of event types is empty");
    }
    events = Lists.orEmpty(events);
    jobs = Lists.orEmpty(jobs);
    tags = Lists.orEmpty(tags);
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) == null || !EventTypes.known(events.get(i))) {
        faults.add("/events/" + i, "unknown", "\"" + events.get(i) + "\" matches no event type");
      }
    }
    for (int i = 0; i < jobs.size(); i++) {
      if (jobs.get(i) == null || !JOB_ID.matcher(jobs.get(i)).matches()) {
        faults.add("/jobs/" + i, "malformed", "\"" + jobs.get(i) + "\" is no job id");
      }
    }
    for (int i = 0; i < tags.size(); i++) {
      if (tags.get(i) == null || tags.get(i).isBlank()) {
        faults.add("/tags/" + i, "malformed", "a tag is blank");
      }
    }
    faults.throwIfAny();
    events = Lists.distinct(events);
    jobs = Lists.distinct(jobs);
    tags = Lists.distinct(tags);
  }

  @Override
  public String describe() {
    String ofJobs = jobs.isEmpty() ? "" : " of job " + Words.or(jobs);
    String ofTags = tags.isEmpty() ? "" : " tagged " + Words.and(tags);
    return "on " + Words.or(events) + ofJobs + ofTags;
  }
}
