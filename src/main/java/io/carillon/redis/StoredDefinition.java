package io.carillon.redis;

import io.carillon.job.Definition;
import java.time.Instant;

/**
 * A definition with what stands beside it and changes as rarely: creation and anchor, in ms, then
 * the definition, each behind a bar.
 *
 * @param createdAt by the clock of the caller
 */
record StoredDefinition(Instant createdAt, Instant anchor, Definition definition) {

  static StoredDefinition read(String jobId, String text, Definitions definitions) {
    String[] parts = text.split("\\|", 3);
    return new StoredDefinition(
        Texts.instant(parts[0]), Texts.instant(parts[1]), definitions.read(jobId, parts[2]));
  }
}
