package io.carillon.job;

import java.net.URI;
import java.time.Duration;

/** Who is asked before a run's first attempt whether it may run. */
public record Guard(URI url, Duration timeout) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
}
