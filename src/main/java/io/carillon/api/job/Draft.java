package io.carillon.api.job;

import io.carillon.api.json.Codes;
import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.job.Definition;
import java.util.Optional;

/**
 * A job as somebody wants it: complete but for a secret that it shares with the job as it stands.
 */
final class Draft {

  private static final Pointer SECRET = Pointer.ROOT.member("target").member("signingSecret");

  private final JobDocument document;

  Draft(JobDocument document) {
    this.document = document;
  }

  /** The id that was chosen for it. */
  Optional<String> id() {
    return Optional.ofNullable(document.id());
  }

  /**
   * The definition that is meant where {@code current} stands now.
   *
   * @throws InvalidDocument when it is to keep a secret and there is none
   */
  Definition on(Optional<Definition> current) {
    Optional<String> stored = current.flatMap(definition -> definition.target().signingSecret());
    if (keepsSecret() && stored.isEmpty()) {
      throw new InvalidDocument(nothingToKeep());
    }
    return document.toDefinition(Secrets.resolve(document.givenSecret(), stored));
  }

  /** All that answers show of the definition. */
  JobDocument inEffect() {
    Definition definition = document.toDefinition(document.givenSecret());
    return JobDocument.of(document.id(), definition, document.givenSecret());
  }

  boolean keepsSecret() {
    return document.target() != null
        && document.givenSecret().filter(Secrets.MASK::equals).isPresent();
  }

  static Violation nothingToKeep() {
    return Violation.ofValue(
        SECRET, Codes.UNKNOWN, Secrets.MASK + " keeps the stored secret, but there is none");
  }
}
