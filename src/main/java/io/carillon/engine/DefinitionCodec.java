package io.carillon.engine;

import io.carillon.job.Definition;

/**
 * The written form of definitions in the store: opaque to the store, the JSON of the API, secrets
 * included.
 */
public interface DefinitionCodec {

  String write(Definition definition);

  /**
   * Reads what {@link #write} wrote, with no check against the clock.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  Definition read(String written);
}
