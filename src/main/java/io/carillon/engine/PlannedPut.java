package io.carillon.engine;

import io.carillon.engine.JobStore.Put;
import io.carillon.engine.Jobs.Changed;

/** The plan for a job that somebody wants. */
sealed interface PlannedPut {

  record Write(Put put) implements PlannedPut {}

  /** Nothing: it is as wanted, or cannot be. */
  record Nothing(Changed because) implements PlannedPut {}
}
