package io.carillon.engine.twin;

import io.carillon.engine.EventLog;
import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.JobStore;
import io.carillon.engine.Lease;
import io.carillon.engine.RunLedger;
import io.carillon.engine.SchedulerStore;
import java.time.Duration;
import java.time.InstantSource;

/** All the engine's ports on one store, whose time is set by the test. */
public interface Ports {

  JobStore jobs();

  RunLedger runs();

  Lease lease();

  EventLog events();

  SchedulerStore scheduler();

  IdempotencyKeys idempotencyKeys();

  /** The store's clock, in whole ms. */
  InstantSource clock();

  /** Lets time pass in the store: deadlines come nearer, leases lapse, replicas fall silent. */
  void pass(Duration duration);

  /** Brings the store to its memory limit. */
  void fillUp();

  /** Has room in the store again. */
  void makeRoom();
}
