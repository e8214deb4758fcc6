/**
 * Lifecycle events as server-sent events.
 *
 * <p>One {@link io.carillon.api.event.EventHub} a replica reads the log while anybody listens,
 * writes each event once and offers it to all clients. A client that wants to know what it missed
 * reads the log by itself ({@link io.carillon.api.event.CatchUp}) until it has come to where the
 * hub is, and joins it there: no event is lost between the two, and none is told twice. What a slow
 * client has not read yet is held up to a limit; beyond it the client is ended, and comes back with
 * its last position.
 */
package io.carillon.api.event;
