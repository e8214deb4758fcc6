package io.carillon.api.run;

import io.carillon.engine.Precondition;
import java.util.Optional;

/**
 * A run that somebody asks for by hand.
 *
 * @param payload JSON
 */
record ManualRun(String jobId, Precondition precondition, Optional<String> payload) {}
