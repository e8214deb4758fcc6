package io.carillon.engine;

import io.carillon.job.Job;
import java.util.List;

/** Compares jobs with a filter. */
public final class JobSearch {

  private final JobFilter filter;
  private final String namePrefix;
  private final List<FoldedText> words;

  public JobSearch(JobFilter filter) {
    this.filter = filter;
    this.namePrefix = filter.namePrefix().orElse("");
    this.words = filter.words().stream().map(FoldedText::of).toList();
  }

  /** Whether all of the filter holds for a job. */
  public boolean finds(Job job) {
    List<String> tags = job.definition().tags();
    return tags.containsAll(filter.tags())
        && filter.state().filter(state -> state != job.state()).isEmpty()
        && filter.lastOutcome().filter(outcome -> outcome != job.lastOutcome()).isEmpty()
        && finds(
            job.id(),
            job.definition().name().orElse(""),
            job.definition().target().url().toString(),
            String.join(" ", tags));
  }

  /**
   * Whether a job has the texts that are looked for.
   *
   * @param name empty where it has none
   * @param tags joined by spaces
   */
  public boolean finds(String id, String name, String url, String tags) {
    if (!name.startsWith(namePrefix)) {
      return false;
    } else if (words.isEmpty()) {
      return true;
    }
    // No word has a blank, so none is found across two texts.
    FoldedText all = FoldedText.of(String.join("\n", id, name, url, tags));
    return words.stream().allMatch(all::contains);
  }
}
