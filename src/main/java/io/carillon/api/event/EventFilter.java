package io.carillon.api.event;

import io.carillon.job.LifecycleEvent;
import io.carillon.schedule.EventTypes;
import java.util.List;
import java.util.Optional;

/**
 * Which events somebody wants to know: all of these must hold.
 *
 * @param types patterns such as {@code run.*}, of which one must match; none: any type
 */
record EventFilter(List<String> types, Optional<String> jobId, Optional<String> tag) {

  boolean matches(LifecycleEvent event) {
    return (types.isEmpty()
            || types.stream().anyMatch(pattern -> EventTypes.matches(pattern, event.type())))
        && (jobId.isEmpty() || jobId.equals(event.jobId()))
        && tag.filter(wanted -> !event.tags().contains(wanted)).isEmpty();
  }
}
