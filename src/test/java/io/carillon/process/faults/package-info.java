/**
 * What the service promises when something breaks, shown on real processes: three replicas of the
 * package, a redis-server, a receiver that counts, and jobs that ring 200 times a second, while
 * replicas are killed, frozen and told to end, their connections go silent, and Redis dies or
 * forgets.
 *
 * <p>{@link io.carillon.process.faults.Bells} is the whole of it, ringing; a {@link
 * io.carillon.process.faults.Fault} strikes it; the {@link io.carillon.process.faults.Account}
 * compares what arrived and what was told in the event stream with what the schedules say. {@link
 * io.carillon.process.faults.FaultSuiteIT} goes through all faults, {@link
 * io.carillon.process.faults.WithoutFenceIT} shows that the account finds what there is to find
 * where the mechanisms are switched off.
 *
 * <p>Set by system properties ({@link io.carillon.process.faults.FaultSettings}): how often each
 * fault strikes, which of them do, and how strictly times are judged.
 */
package io.carillon.process.faults;
