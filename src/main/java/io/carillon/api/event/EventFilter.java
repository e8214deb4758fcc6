package io.carillon.api.event;

import io.carillon.job.LifecycleEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which events a client wants: all of these must hold.
 *
 * @param types empty for any
 * @param tags all of which the job had when it happened
 */
record EventFilter(Set<String> types, Optional<String> jobId, List<String> tags) {

  static final EventFilter ALL = new EventFilter(Set.of(), Optional.empty(), List.of());

  EventFilter {
    types = Set.copyOf(types);
    tags = List.copyOf(tags);
  }

  boolean accepts(LifecycleEvent event) {
    return (types.isEmpty() || types.contains(event.type()))
        && (jobId.isEmpty() || jobId.equals(event.jobId()))
        && (tags.isEmpty() || event.tags().containsAll(tags));
  }
}
