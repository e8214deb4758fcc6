/**
 * How occurrences become webhooks, told without any framework.
 *
 * <p><b>Redis decides, memory only anticipates.</b> Behind the ports {@link
 * io.carillon.engine.JobStore}, {@link io.carillon.engine.RunLedger}, {@link
 * io.carillon.engine.Lease} lies the only truth; each of their changes is atomic and may be
 * repeated. What the loops of this package hold in memory may be lost at any instant without harm.
 *
 * <pre>
 *                            ┌────────── claim, its share ─────────┐
 *   Election ──leads──▶ TimingEngine ──claim──▶ ready ──take──▶ Deliveries ──▶ Courier
 *                        (Horizon)               ▲                  │
 *                                                └──── retry ───────┤
 *                            Reaper ── crashed ──┘                  └──finish──▶ history, events
 * </pre>
 *
 * <ul>
 *   <li>{@link io.carillon.engine.Election}: one replica holds a lease and leads; it trusts itself
 *       only for a part of the lease, measured from before the call that won it.
 *   <li>{@link io.carillon.engine.TimingEngine}: the leader knows the near future ({@link
 *       io.carillon.engine.Horizon}), waits for its first instant, computes what follows ({@link
 *       io.carillon.engine.Decision}) and claims in batches. A claim is a compare-and-set under the
 *       leader's epoch, so a leader that has been replaced and does not know it yet does no harm.
 *   <li>{@link io.carillon.engine.Deliveries}: every replica takes ready runs, as many as it has
 *       room for, and records how each attempt ended ({@link io.carillon.engine.Verdict}). The
 *       leader's {@link io.carillon.engine.FairShare} of what it claims need not become ready: the
 *       claim itself hands it over ({@link io.carillon.engine.HandOffs}).
 *   <li>{@link io.carillon.engine.Reaper}: offers again what a dead replica had taken.
 *   <li>{@link io.carillon.engine.Auditor}: looks for what must not be, and tells of it.
 *   <li>{@link io.carillon.engine.Jobs}: what the API asks for; {@link
 *       io.carillon.engine.IdempotentRequests}: once for each key that its caller gave.
 * </ul>
 *
 * <p>Each loop is one thread that decides; answers come back to it as messages. A loop that fails
 * logs, counts and goes on.
 */
package io.carillon.engine;
