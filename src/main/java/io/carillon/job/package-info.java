/**
 * What Carillon keeps and rings: jobs and their runs.
 *
 * <p>A {@link io.carillon.job.Job} is a {@link io.carillon.job.Definition} that somebody
 * registered, together with what has become of it: its state, its revision, its next occurrence,
 * its counters. Each accepted occurrence of a job is a {@link io.carillon.job.Run}, known by one
 * {@link io.carillon.job.RunId} for ever; each try to deliver its webhook is an {@link
 * io.carillon.job.Attempt}. What happens to jobs and runs is told as {@link
 * io.carillon.job.LifecycleEvent}s.
 *
 * <p>Here are values and rules only: what is legal, what follows from what. Nothing in this package
 * knows of Redis, HTTP or threads. Instants have the precision of a millisecond, durations of a
 * whole millisecond.
 */
package io.carillon.job;
