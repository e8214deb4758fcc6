package io.carillon.engine;

import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import java.util.List;
import java.util.Optional;

/**
 * What a list of jobs is narrowed to: all of it must hold.
 *
 * @param tags a job has all of them
 * @param namePrefix what its name begins with
 * @param words without blanks; each stands somewhere in its id, its name, a tag or its target's
 *     URL, whatever the case
 */
public record JobFilter(
    List<String> tags,
    Optional<JobState> state,
    Optional<LastOutcome> lastOutcome,
    Optional<String> namePrefix,
    List<String> words) {

  public static final JobFilter ALL =
      new JobFilter(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public JobFilter {
    tags = List.copyOf(tags);
    words = List.copyOf(words);
  }

  /** Whether names, ids and URLs have to be compared, for which there is no index. */
  public boolean searches() {
    return namePrefix.isPresent() || !words.isEmpty();
  }
}
