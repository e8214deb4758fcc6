package io.carillon.schedule;

/** From where the distance to the next occurrence is measured. */
public enum From {
  /** The scheduled time of the occurrence before: no drift. */
  SCHEDULE,
  /** The end of the run before: runs never crowd. */
  COMPLETION
}
