package io.carillon.bench;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What the command that measures creation is asked for, by system properties.
 *
 * @param service {@code service}: where a service runs; empty to start the packaged one
 * @param redis {@code redis}: where its Redis is; empty for the service's own, or if that is not to
 *     be measured
 * @param batch {@code batch}: how many jobs a batch has
 * @param connections {@code connections}: how many clients create jobs one by one at a time
 * @param phase {@code seconds}: how long each way of creating is measured
 * @param warmUp {@code warmup}: seconds of each before
 */
record CreationSettings(
    Optional<URI> service,
    Optional<URI> redis,
    int batch,
    int connections,
    Duration phase,
    Duration warmUp) {

  static CreationSettings ofSystemProperties() {
    return new CreationSettings(
        uri("service"),
        uri("redis"),
        Integer.getInteger("batch", 1000),
        Integer.getInteger("connections", 64),
        Duration.ofSeconds(Integer.getInteger("seconds", 10)),
        Duration.ofSeconds(Integer.getInteger("warmup", 10)));
  }

  private static Optional<URI> uri(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(text -> !text.isBlank())
        .map(URI::create);
  }
}
