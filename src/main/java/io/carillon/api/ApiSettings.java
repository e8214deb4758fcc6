package io.carillon.api;

import java.time.Duration;

/**
 * What can be set about the API.
 *
 * @param minInterval the shortest time between two occurrences that a schedule may ask for
 */
public record ApiSettings(Duration minInterval) {}
