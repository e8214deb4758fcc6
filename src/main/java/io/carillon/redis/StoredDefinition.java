package io.carillon.redis;

import io.carillon.job.Definition;
import java.time.Instant;

/**
 * A definition with what stands beside it and changes as rarely: creation and anchor, in ms, then
 * the definition, each behind a bar. An anchor that is the creation, as most are, is left out.
 *
 * @param createdAt by the clock of the caller
 */
record StoredDefinition(Instant createdAt, Instant anchor, Definition definition) {

  static StoredDefinition read(String jobId, String text, Definitions definitions) {
    String[] parts = text.split("\\|", 3);
    Instant createdAt = Texts.instant(parts[0]);
    return new StoredDefinition(
        createdAt,
        Texts.present(parts[1]).map(Texts::instant).orElse(createdAt),
        definitions.read(jobId, parts[2]));
  }
}
