package io.carillon.simulation;

import io.carillon.simulation.Violation.Promise;

/** Where a broken promise is told. */
interface Complaints {

  void broken(Promise promise, String how);
}
