package io.carillon.process.faults;

import java.time.Instant;
import java.util.Optional;

/**
 * When a fault happened.
 *
 * @param lifted when its cause was gone; at once where something died
 * @param victimReturns just before a victim was let back, where there was one that could help: a
 *     gap is to be over by then
 */
record Strike(Instant struck, Instant lifted, Optional<Instant> victimReturns) {}
