package io.carillon.webhook;

import io.carillon.job.RunId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What all exchanges share.
 *
 * @param publicUrl where receivers reach this service, without a slash at its end
 */
record Wire(
    Vertx vertx,
    HttpClient client,
    InstantSource clock,
    CharSequence userAgent,
    int maxAnswerBody,
    Supplier<URI> publicUrl) {

  /** Where a receiver reports how a run ended. */
  String completeUrl(RunId run, String token) {
    return publicUrl.get()
        + "/v1/jobs/"
        + run.jobId()
        + "/runs/"
        + run
        + "/complete?token="
        + token;
  }
}
