package io.carillon.api.job;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * Ids for jobs whose author chose none: they grow with time, so that listing by id is listing by
 * age.
 */
@Singleton
public class NewJobIds {

  private final TimeOrderedEpochFactory uuids;

  NewJobIds(InstantSource clock) {
    this.uuids =
        TimeOrderedEpochFactory.builder()
            .withTimeFunction(clock::millis)
            .withIncrementPlus1()
            .build();
  }

  /** A UUID of version 7, greater than those given before by this replica. */
  String next() {
    return uuids.create().toString();
  }
}
