package io.carillon.job;

/** What can happen to a job, a run, the scheduler or its leader. */
public enum EventType {
  JOB_CREATED("job.created"),
  JOB_UPDATED("job.updated"),
  JOB_PAUSED("job.paused"),
  JOB_RESUMED("job.resumed"),
  JOB_COMPLETED("job.completed"),
  JOB_DELETED("job.deleted"),
  RUN_QUEUED("run.queued"),
  RUN_STARTED("run.started"),
  RUN_RETRYING("run.retrying"),
  RUN_AWAITING_COMPLETION("run.awaiting-completion"),
  RUN_SUCCEEDED("run.succeeded"),
  RUN_FAILED("run.failed"),
  RUN_CANCELLED("run.cancelled"),
  RUN_SKIPPED("run.skipped"),
  SCHEDULER_PAUSED("scheduler.paused"),
  SCHEDULER_RESUMED("scheduler.resumed"),
  SCHEDULER_LIMITED("scheduler.limited"),
  LEADER_ELECTED("leader.elected"),
  LEADER_RESIGNED("leader.resigned");

  private final String word;

  EventType(String word) {
    this.word = word;
  }

  /** Its spelling, such as {@code run.started}. */
  public String word() {
    return word;
  }
}
