package io.carillon.api.job;

import io.carillon.api.EntityTags;
import io.carillon.api.json.Codes;
import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.api.problem.ProblemKind;
import io.carillon.api.problem.Problems;
import io.carillon.engine.Jobs.Changed;
import io.carillon.job.Job;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** What callers are told about the changes that they asked for. */
final class Outcomes {

  private Outcomes() {}

  /** The job as it stands after a change, with its revision; 201 when it was made just now. */
  static Response answer(Changed changed, String id, Function<Job, JobView> view) {
    Job job = job(changed, id);
    return changed instanceof Changed.Created
        ? created(job, view).build()
        : Response.ok().tag(tag(job)).entity(view.apply(job)).build();
  }

  /** A job as it was made. */
  static Response.ResponseBuilder created(Job job, Function<Job, JobView> view) {
    return Response.created(URI.create("/v1/jobs/" + job.id()))
        .tag(tag(job))
        .entity(view.apply(job));
  }

  /** The job after a change; what else became of the change is thrown. */
  static Job job(Changed changed, String id) {
    return changedJob(changed).orElseThrow(() -> refusal(changed, id));
  }

  /** The job after a change, if there is one. */
  private static Optional<Job> changedJob(Changed changed) {
    if (changed instanceof Changed.Created created) {
      return Optional.of(created.job());
    } else if (changed instanceof Changed.Updated updated) {
      return Optional.of(updated.job());
    } else if (changed instanceof Changed.Unchanged unchanged) {
      return Optional.of(unchanged.job());
    }
    return Optional.empty();
  }

  /** Why a change did not happen. */
  static RuntimeException refusal(Changed changed, String id) {
    if (changed instanceof Changed.PreconditionFailed failed) {
      return EntityTags.mismatch(id, failed.required(), failed.revision());
    } else if (changed instanceof Changed.NeverFires) {
      return neverFires();
    } else if (changed instanceof Changed.NothingToPause) {
      return ProblemKind.CONFLICT.problem(
          "Job " + id + " is completed: it has no occurrence left to pause.");
    } else if (changed instanceof Changed.Failed failed) {
      return failed.cause();
    }
    return Problems.absentJob(id);
  }

  static InvalidDocument neverFires() {
    return new InvalidDocument(
        Violation.ofValue(
            Pointer.ROOT.member("schedule"),
            Codes.NEVER_FIRES,
            "has no occurrence after now inside its window"));
  }

  /** A job's revision as its entity tag. */
  static String tag(Job job) {
    return Long.toString(job.revision());
  }
}
