package io.carillon.api.job;

import io.carillon.api.json.Json;
import io.carillon.api.json.Json.Obj;
import io.carillon.job.Definition;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Signing secrets in the form of Standard Webhooks 1.0: {@code whsec_} and 24 to 64 bytes in
 * base64.
 */
final class Secrets {

  /** What answers show instead of a secret, and what in input keeps the stored one. */
  static final String MASK = "whsec_****";

  /** What in input asks for a new secret. */
  static final String GENERATE = "generate";

  private static final String PREFIX = "whsec_";
  private static final int GENERATED_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  static String generate() {
    byte[] key = new byte[GENERATED_BYTES];
    RANDOM.nextBytes(key);
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  static boolean isWellFormed(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return false;
    }
    try {
      int bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length())).length;
      return bytes >= 24 && bytes <= 64;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a document asks for a new secret, which has to be shown then. */
  static boolean areMadeFor(Json document) {
    return document instanceof Obj job
        && job.member("target").orElse(Json.Nothing.NULL) instanceof Obj target
        && target.member("signingSecret").filter(new Json.Str(GENERATE)::equals).isPresent();
  }

  /** What answers show of a definition's secret, if it has one. */
  static Optional<String> masked(Definition definition) {
    return definition.target().signingSecret().map(secret -> MASK);
  }

  /** What to keep for what was given; the mask stands for the stored one. */
  static Optional<String> resolve(Optional<String> given, Optional<String> stored) {
    return given.flatMap(
        secret ->
            switch (secret) {
              case MASK -> stored;
              case GENERATE -> Optional.of(generate());
              default -> given;
            });
  }
}
