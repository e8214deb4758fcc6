package io.carillon.redis;

import io.carillon.job.Definition;
import java.util.Optional;

/**
 * What a search compares of a definition: its name, its target's URL and its tags, kept in lines,
 * the tags joined by spaces. Every job has one, so the scheme that most URLs have is left out.
 *
 * @param name empty where it has none
 */
record SearchedText(String name, String url, String tags) {

  private static final String USUAL_SCHEME = "https:";

  static SearchedText of(Definition definition) {
    return new SearchedText(
        definition.name().orElse(""),
        definition.target().url().toString(),
        String.join(" ", definition.tags()));
  }

  /** Reads what {@link #written} wrote; empty when it is something else. */
  static Optional<SearchedText> read(String written) {
    // Only the name may have several lines.
    int tags = written.lastIndexOf('\n');
    int url = written.lastIndexOf('\n', tags - 1);
    return url < 0
        ? Optional.empty()
        : Optional.of(
            new SearchedText(
                written.substring(0, url),
                full(written.substring(url + 1, tags)),
                written.substring(tags + 1)));
  }

  String written() {
    return name + '\n' + shortened(url) + '\n' + tags;
  }

  private static String shortened(String url) {
    return url.startsWith(USUAL_SCHEME + "//") ? url.substring(USUAL_SCHEME.length()) : url;
  }

  private static String full(String url) {
    return url.startsWith("//") ? USUAL_SCHEME + url : url;
  }
}
