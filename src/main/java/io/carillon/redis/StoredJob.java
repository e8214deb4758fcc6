package io.carillon.redis;

import io.carillon.job.Job;
import io.carillon.job.Run;
import io.vertx.redis.client.Response;
import java.util.Optional;

/**
 * A job as it is kept, in parts.
 *
 * @param record its {@link Schema#JOB} record
 * @param definition a {@link StoredDefinition}
 * @param pause its {@link Schema#PAUSE} record; empty where it is not paused
 * @param latestRun an entry of its history; empty where there is none, or it was not asked for
 */
record StoredJob(String id, byte[] record, String definition, byte[] pause, byte[] latestRun) {

  /**
   * Reads what a script answers of a job.
   *
   * @param from where in the reply its parts begin, in the order of this record
   * @return empty where there is no such job
   */
  static Optional<StoredJob> of(String id, Response reply, int from) {
    Response record = reply.get(from);
    return record == null || record.toBytes().length == 0
        ? Optional.empty()
        : Optional.of(
            new StoredJob(
                id,
                record.toBytes(),
                reply.get(from + 1).toString(),
                reply.get(from + 2).toBytes(),
                reply.get(from + 3).toBytes()));
  }

  Job job(Definitions definitions) {
    return JobRecord.read(
        id,
        record,
        StoredDefinition.read(id, definition, definitions),
        pause.length == 0 ? Optional.empty() : Optional.of(JobRecord.readPause(pause)),
        latestRun(id, latestRun));
  }

  static Optional<Run> latestRun(String id, byte[] entry) {
    return entry.length == 0 ? Optional.empty() : Optional.of(EndedRun.read(id, entry).run());
  }
}
