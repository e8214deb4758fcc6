package io.carillon.job;

/** Why a run came to be. */
public enum Trigger implements Worded {
  /** An occurrence of the schedule, on time or no later than the misfire threshold. */
  SCHEDULE,
  /** Asked for through the API. */
  MANUAL,
  /** A lifecycle event that the job listens for. */
  EVENT,
  /** A missed occurrence, made good by the misfire policy. */
  CATCH_UP
}
