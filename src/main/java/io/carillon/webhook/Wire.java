package io.carillon.webhook;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.time.InstantSource;

/** What all exchanges share. */
record Wire(
    Vertx vertx,
    HttpClient client,
    InstantSource clock,
    CharSequence userAgent,
    int maxAnswerBody) {}
