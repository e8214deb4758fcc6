package io.carillon.api.scheduler;

import io.carillon.api.job.ConcurrencyDocument;
import io.carillon.api.json.Document;
import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.SchedulerInfo;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.job.JobState;
import io.carillon.schedule.ZoneNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The scheduler as a whole, as it is written in JSON. */
@Schema(name = "Scheduler")
public record SchedulerView(
    @Schema(required = true, description = "The replica that answers.") String self,
    @Schema(description = "Absent while nobody leads.") Leader leader,
    @Schema(required = true, description = "The replicas that have lately been alive.")
        List<Member> replicas,
    @Schema(required = true, description = "Whether no occurrence happens at all.") Boolean paused,
    @Schema(description = "The limit over all jobs; absent: none.") ConcurrencyDocument concurrency,
    @Schema(required = true, description = "Runs under way.") Long active,
    @Schema(required = true, description = "Runs that wait.") Long queued,
    @Schema(required = true) JobCounts jobs,
    @Schema(required = true, description = "Of the service.") String version,
    @Schema(
            required = true,
            description = "The IANA time zone database in use.",
            examples = "2025a")
        String tzdata,
    @Schema(
            required = true,
            description =
                "What is wrong with Redis: settings under which it may lose acknowledged writes, or"
                    + " that it is at its memory limit; empty when nothing is.")
        List<String> warnings)
    implements Document {

  /** The replica that times the occurrences. */
  @Schema(name = "Leader")
  public record Leader(
      String replica, @Schema(description = "Grows with every election.") Long epoch, Instant since)
      implements Document {

    static Leader of(Leadership leadership) {
      return new Leader(leadership.replica(), leadership.epoch(), leadership.since());
    }
  }

  /** One process of the service. */
  @Schema(name = "Replica")
  public record Member(String id, String version, Instant since) implements Document {

    static Member of(Replica replica) {
      return new Member(replica.id(), replica.version(), replica.since());
    }
  }

  /** How many jobs there are in each state. */
  @Schema(name = "JobCounts")
  public record JobCounts(Long active, Long paused, Long completed) implements Document {

    static JobCounts of(Map<JobState, Long> counts) {
      return new JobCounts(
          counts.getOrDefault(JobState.ACTIVE, 0L),
          counts.getOrDefault(JobState.PAUSED, 0L),
          counts.getOrDefault(JobState.COMPLETED, 0L));
    }
  }

  static SchedulerView of(SchedulerInfo.View view) {
    return new SchedulerView(
        view.self().id(),
        view.leader().map(Leader::of).orElse(null),
        view.replicas().stream().map(Member::of).toList(),
        view.settings().paused(),
        view.settings().concurrency().map(ConcurrencyDocument::of).orElse(null),
        view.load().active(),
        view.load().queued(),
        JobCounts.of(view.jobs()),
        view.self().version(),
        ZoneNames.tzdata(),
        view.warnings());
  }
}
