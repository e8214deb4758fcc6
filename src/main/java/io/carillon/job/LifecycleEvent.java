package io.carillon.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened, told in the order in which it happened. An event exists if and only if
 * its state change does.
 *
 * @param position where it stands in the stream of events; later ones have greater positions
 * @param type such as {@code run.started}
 * @param jobId the job it concerns, if one
 * @param tags the job's tags at that moment
 * @param run the run it concerns, if one, as it stood after the change
 * @param details what else there is to tell, such as {@code reason} or {@code epoch}
 */
public record LifecycleEvent(
    String position,
    String type,
    Instant time,
    Optional<String> jobId,
    List<String> tags,
    Optional<Run> run,
    Map<String, Object> details) {}
