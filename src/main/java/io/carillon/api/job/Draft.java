package io.carillon.api.job;

import io.carillon.api.json.Codes;
import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.engine.JobRequest;
import io.carillon.engine.Precondition;
import io.carillon.job.Definition;
import io.carillon.job.Pause;
import io.carillon.job.RetryPolicy;
import java.util.Optional;

/**
 * A job as somebody wants it: complete but for what it shares with the job as it stands.
 *
 * @param pause in which the job begins, if there is none yet
 */
record Draft(JobDocument document, Optional<Pause> pause) {

  private static final Pointer SECRET = Pointer.ROOT.member("target").member("signingSecret");

  /** The id that was chosen for it. */
  Optional<String> id() {
    return Optional.ofNullable(document.id());
  }

  /** This job under an id, given or chosen; a new one begins in its pause. */
  JobRequest request(String id, Precondition precondition) {
    return new JobRequest(id, this::on, pause, precondition);
  }

  /**
   * The definition that is meant where {@code current} stands now.
   *
   * @throws InvalidDocument when it is to keep a secret and there is none
   */
  Definition on(Optional<Definition> current) {
    RetryPolicy retry = document.retryPolicy();
    return definition(current, current.map(Definition::retry).map(retry::inPlaceOf).orElse(retry));
  }

  /**
   * The definition that is meant where this draft is {@code current} with some changes: all that
   * was ever given stands in it.
   *
   * @throws InvalidDocument when it is to keep a secret and there is none
   */
  Definition changing(Definition current) {
    return definition(Optional.of(current), document.retryPolicy());
  }

  private Definition definition(Optional<Definition> current, RetryPolicy retry) {
    Optional<String> stored = current.flatMap(definition -> definition.target().signingSecret());
    if (keepsSecret() && stored.isEmpty()) {
      throw new InvalidDocument(nothingToKeep());
    }
    return document.toDefinition(Secrets.resolve(document.givenSecret(), stored), retry);
  }

  /** All that answers show of the definition. */
  JobDocument inEffect() {
    Definition definition = document.toDefinition(document.givenSecret(), document.retryPolicy());
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
