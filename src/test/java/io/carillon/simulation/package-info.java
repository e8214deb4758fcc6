/**
 * The cluster as a game of chance on one thread. The engine is the real one; its loops are taken
 * step by step instead of each by its thread, the store is the model of it, and clocks, network,
 * receivers, users and accidents are actors among whose next moves a seeded generator chooses. So a
 * seed is a history, and a history that breaks a promise can be played again.
 *
 * <pre>
 *   Users ──▶ Replica (Jobs, Election, TimingEngine, Deliveries, Reaper, …) ──▶ Receiver
 *                │  ▲                                                             (Courier)
 *                ▼  │ whispers
 *             Network ──▶ Store: the model, watched by the Promises
 *                ▲
 *             Mischief: loses, repeats, delays, freezes, kills, rolls back
 * </pre>
 *
 * A history has two parts. In the first anything may happen, and after each move the {@link
 * io.carillon.simulation.Promises} must hold. Then the accidents end, everybody goes on in peace,
 * and after a while everything must have been made good.
 */
package io.carillon.simulation;
