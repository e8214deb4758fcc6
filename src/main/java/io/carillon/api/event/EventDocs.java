package io.carillon.api.event;

/** What the OpenAPI document says about both streams. */
final class EventDocs {

  static final String TAG = "Follow what happens, as it happens.";

  static final String STREAM =
      "Server-sent events: `id` is the position, `event` the type, `data` a CloudEvents 1.0 object on"
          + " one line. Every 15 s there is a comment, which may carry an `id` to move the position."
          + " A client that does not read as fast as things happen is cut off; it, and every other"
          + " client, resumes without loss by sending the last `id` in `Last-Event-ID`, as browsers do"
          + " by themselves. Events are kept for a while only: where some were trimmed or lost before"
          + " the client has seen them, and where its position lies beyond the newest event, it gets"
          + " the event `gap`, whose data names the oldest one kept.";

  static final String ANSWER = "The stream; it ends when the service does.";

  static final String TYPES =
      "Only events of these types: names or patterns such as `run.*`, separated by commas.";

  static final String AFTER =
      "Begin with what happened after this position, rather than now; `0-0` for all that is kept.";

  static final String LAST_EVENT_ID =
      "The position of the last event seen, for a client that comes back; beats `after`.";

  static final String EXAMPLE =
      """
      : carillon
      retry: 3000

      id: 1763791200015-0
      event: run.succeeded
      data: {"specversion":"1.0","id":"1763791200015-0","source":"/carillon",\
      "type":"io.carillon.run.succeeded","subject":"billing-nightly_mi8z3kq0_1763791200000",\
      "time":"2025-11-22T06:00:00.015Z","datacontenttype":"application/json",\
      "data":{"jobId":"billing-nightly","id":"billing-nightly_mi8z3kq0_1763791200000",\
      "trigger":"schedule","state":"succeeded","scheduledAt":"2025-11-22T06:00:00.000Z",\
      "startedAt":"2025-11-22T06:00:00.003Z","finishedAt":"2025-11-22T06:00:00.015Z",\
      "latenessMs":3,"attempts":[{"number":1,"at":"2025-11-22T06:00:00.003Z","durationMs":12,\
      "status":200}]}}

      """;

  private EventDocs() {}
}
