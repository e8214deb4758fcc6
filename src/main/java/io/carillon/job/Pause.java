package io.carillon.job;

import java.time.Instant;
import java.util.Optional;

/**
 * Why, since when and until when a job is paused.
 *
 * @param until when it resumes by itself; empty for never
 */
public record Pause(Optional<String> reason, Instant since, Optional<Instant> until) {}
