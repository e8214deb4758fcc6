/**
 * The load command: the packaged service in its own process, a receiver in another, many jobs that
 * run every second, and an account of what arrived and when.
 *
 * <p>{@link io.carillon.bench.Load} is the command. {@link io.carillon.bench.ReceiverMain} is the
 * receiver, written to cost little beside what is measured; it is spoken to over its standard input
 * and output, and ends when its parent does. Every job has exactly one occurrence in every second
 * of the {@link io.carillon.bench.Window}, so what has to arrive is known beforehand and each
 * occurrence that did not is missing.
 */
package io.carillon.bench;
