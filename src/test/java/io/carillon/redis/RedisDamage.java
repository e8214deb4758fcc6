package io.carillon.redis;

import io.carillon.engine.twin.Damage;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.redis.Keys.Known;
import io.vertx.redis.client.Command;
import java.time.Instant;
import java.util.Optional;

/** Faults planted into Redis, by plain commands. */
final class RedisDamage implements Damage {

  private static final String SOME_SCORE = "1";

  private final RedisLink link;

  RedisDamage(RedisLink link) {
    this.link = link;
  }

  /** Takes a member out of a sorted set. */
  void remove(String key, Object member) {
    link.call(Command.ZREM, key, member.toString());
  }

  /** Puts a member into a sorted set. */
  void add(String key, Object member) {
    link.call(Command.ZADD, key, SOME_SCORE, member.toString());
  }

  void setField(String key, Object field, String value) {
    link.call(Command.HSET, key, field.toString(), value);
  }

  @Override
  public void setState(RunId run, RunState state) {
    String record = record(run);
    setField(Known.RUNS.key(), run, state.word() + record.substring(record.indexOf('|')));
  }

  @Override
  public void offer(RunId run, Optional<Instant> from) {
    index(Known.READY, run, from);
  }

  @Override
  public void give(RunId run, Optional<String> replica) {
    index(Known.INFLIGHT, run, replica.map(name -> Instant.EPOCH));
    setOwner(run, replica);
  }

  void setOwner(RunId run, Optional<String> replica) {
    String record = record(run);
    String unowned = record.substring(0, record.lastIndexOf('|') + 1);
    setField(Known.RUNS.key(), run, unowned + Texts.of(replica.map(name -> name + "/token")));
  }

  private String record(RunId run) {
    return link.call(Command.HGET, Known.RUNS.key(), run.toString()).toString();
  }

  @Override
  public void await(RunId run, Optional<Instant> until) {
    index(Known.AWAITING, run, until);
  }

  private void index(Known index, Object member, Optional<Instant> at) {
    at.ifPresentOrElse(
        instant -> link.call(Command.ZADD, index.key(), Texts.of(instant), member.toString()),
        () -> remove(index.key(), member));
  }

  @Override
  public void placeInSlot(RunId run) {
    leavePlace(run);
    addActive(run);
  }

  /** All of them have one score. */
  void addActive(RunId run) {
    link.call(Command.ZADD, Known.ACTIVE.key(), "0", run.toString());
  }

  @Override
  public void placeAtScheduler(RunId run) {
    leavePlace(run);
    add(Known.WAIT.key(), run);
    if (link.call(Command.HGET, Keys.job(run.jobId()), "place") == null) {
      setField(Keys.job(run.jobId()), "place", run.toString());
    }
  }

  @Override
  public void placeAtJob(RunId run) {
    leavePlace(run);
    add(Keys.waiting(run.jobId()), run);
  }

  private void leavePlace(RunId run) {
    remove(Known.ACTIVE.key(), run);
    remove(Known.WAIT.key(), run);
    remove(Keys.waiting(run.jobId()), run);
  }

  @Override
  public void setDue(String job, Optional<Instant> due) {
    index(Known.DUE, job, due);
  }

  @Override
  public void setLimit(String job, int limit) {
    setField(Keys.job(job), "limit", Integer.toString(limit));
  }

  @Override
  public void limitScheduler(int limit) {
    setField(Known.SCHEDULER.key(), "limit", Integer.toString(limit));
  }

  @Override
  public void forgetJob(String job) {
    link.call(Command.DEL, Keys.job(job));
    remove(Known.JOBS.key(), job);
    remove(Known.DUE.key(), job);
  }
}
