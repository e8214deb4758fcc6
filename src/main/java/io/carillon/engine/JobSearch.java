package io.carillon.engine;

import io.carillon.job.Job;
import java.util.List;

/** Compares jobs with the texts that a filter looks for. */
public final class JobSearch {

  private final String namePrefix;
  private final List<FoldedText> words;

  public JobSearch(JobFilter filter) {
    this.namePrefix = filter.namePrefix().orElse("");
    this.words = filter.words().stream().map(FoldedText::of).toList();
  }

  public boolean finds(Job job) {
    return finds(
        job.id(),
        job.definition().name().orElse(""),
        job.definition().target().url().toString(),
        String.join(" ", job.definition().tags()));
  }

  /**
   * Whether a job is one that is looked for.
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
