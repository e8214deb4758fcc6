/**
 * The HTTP API, version 1, on Quarkus REST: resources by subject, each beside the documents it
 * reads and writes.
 *
 * <p>A body is read as strict JSON ({@code json}), bound to the records of its subject ({@code
 * job}, {@code schedule}, {@code run}, {@code scheduler}) and handed to the engine; {@code event}
 * streams what happens; {@code problem} tells what went wrong. In this package stands what the
 * subjects share: ids and tags, parameters, pages and preconditions.
 *
 * <p>Resources block, on worker threads; only the streams of events do not. All knowledge of jobs
 * and runs lies behind the engine's ports.
 */
package io.carillon.api;
