package io.carillon.api;

/** Bodies that work as they are, for the OpenAPI document. */
public final class Examples {

  /** Nobody listens at its target, so trying it out harms nobody. */
  public static final String JOB =
      """
      {
        "name": "Nightly billing",
        "tags": ["billing"],
        "schedule": {"type": "cron", "expression": "0 2 * * *", "timezone": "Europe/Paris"},
        "target": {"url": "http://127.0.0.1:9/hook"}
      }""";

  public static final String JOB_ID = "billing-nightly";

  public static final String RUN_ID = "billing-nightly_mi8z3kq0_1763791200000";

  public static final String PATCH =
      """
      {"schedule": {"expression": "30 2 * * *"}, "retry": {"maxAttempts": 3}}""";

  public static final String BATCH =
      """
      {
        "jobs": [
          {
            "id": "billing-nightly",
            "tags": ["billing"],
            "schedule": {"type": "daily", "at": ["02:00"], "timezone": "Europe/Paris"},
            "target": {"url": "http://127.0.0.1:9/hook"}
          },
          {
            "schedule": {"type": "duration", "every": "PT1H"},
            "target": {"url": "http://127.0.0.1:9/hook"}
          }
        ]
      }""";

  public static final String PAUSE =
      """
      {"reason": "maintenance of the billing system"}""";

  public static final String RUN =
      """
      {"payload": {"invoice": 42}}""";

  public static final String REPORT =
      """
      {"state": "failed", "message": "ledger locked"}""";

  public static final String PREVIEW =
      """
      {
        "schedule": {"type": "weekly", "on": ["monday", "thursday"], "at": ["09:00"],
                     "timezone": "Europe/Paris"},
        "count": 5
      }""";

  public static final String SCHEDULER =
      """
      {"paused": false}""";

  private Examples() {}
}
