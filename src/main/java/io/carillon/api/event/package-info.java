/**
 * What happens, as server-sent events.
 *
 * <pre>
 *   EventLog ──one reader a replica──▶ Reader ──frames──▶ Subscriber, Outbox ──▶ Outlet (the response)
 *                                       │  ▲
 *                                       └──┘ whoever resumes is read to by itself, until it is level
 * </pre>
 *
 * <p>{@link io.carillon.api.event.EventHub} knows the clients of this replica. One thread ({@link
 * io.carillon.api.event.Reader}) reads the log for all of them, and only while there are any; each
 * event is serialised once, whoever gets it ({@link io.carillon.api.event.Frames}). A client begins
 * at a position of the log, be it one that it named or the present end, and is first brought level
 * with that reading, as fast as it takes what it is sent; then it is told what everybody is told.
 * Both is done by the same thread, so there is no seam at which an event could be lost or told
 * twice.
 *
 * <p>Between the thread and each client stands a bounded {@link io.carillon.api.event.Outbox},
 * emptied on the client's event loop as far as the connection takes it. A client that lets its
 * outbox run full, or takes nothing at all from one heartbeat to the next, is cut off; it resumes
 * with {@code Last-Event-ID} where it was. Nothing is kept for a client that is not there.
 *
 * <p>The resources validate a request as any other does, on a worker thread, so that a wrong one is
 * answered by a problem document. Then they write to the response themselves, instead of returning
 * a {@code Multi}: the framework would serialise each event for each client anew and lets go of
 * neither comments nor the connection of a slow client. No thread is held by a stream.
 */
package io.carillon.api.event;
