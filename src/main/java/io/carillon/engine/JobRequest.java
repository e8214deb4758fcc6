package io.carillon.engine;

import io.carillon.job.Definition;
import io.carillon.job.Pause;
import java.util.Optional;
import java.util.function.Function;

/**
 * A job as its author wants it.
 *
 * @param definition made of the present one, if there is one; may refuse by an exception
 * @param pause in which a new job begins; empty to create it active. A job that is replaced keeps
 *     its own pause, or that it has none
 * @param precondition what its author takes for granted
 */
public record JobRequest(
    String id,
    Function<Optional<Definition>, Definition> definition,
    Optional<Pause> pause,
    Precondition precondition) {}
