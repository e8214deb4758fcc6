package io.carillon.redis;

import io.carillon.engine.twin.Damage;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.redis.Keys.Known;
import io.carillon.redis.PackedRecord.Values;
import io.carillon.redis.Schema.JobField;
import io.carillon.redis.Schema.RunField;
import io.carillon.redis.Schema.TermField;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Faults planted into Redis, by plain commands. */
final class RedisDamage implements Damage {

  private static final Keys KEYS = Keys.FIRST;
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

  /** Has a key hold what no script expects of it. */
  void spoil(String key) {
    link.call(Command.SET, key, "spoilt");
  }

  /** Takes a key away that was spoilt. */
  void mend(String key) {
    link.call(Command.DEL, key);
  }

  void setField(String key, Object field, String value) {
    link.call(Command.HSET, key, field.toString(), value);
  }

  @Override
  public void setState(RunId run, RunState state) {
    setRun(run, RunField.STATE, state.word());
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
    setRun(run, RunField.OWNER, Texts.of(replica.map(name -> name + "/token")));
  }

  private void setRun(RunId run, RunField field, Object value) {
    setRecord(Known.RUNS, Schema.RUN, run, field, value);
  }

  void setJob(String job, JobField field, Object value) {
    setRecord(Known.JOBS, Schema.JOB, job, field, value);
  }

  private String job(String job, JobField field) {
    return Schema.JOB.read(record(Known.JOBS, job)).text(field);
  }

  private <F extends Enum<F> & PackedField> void setRecord(
      Known hash, PackedRecord<F> schema, Object member, F field, Object value) {
    Values<F> values = schema.read(record(hash, member));
    byte[] changed = schema.write(each -> each == field ? value : values.value(each));
    link.call(
        Request.cmd(Command.HSET)
            .arg(KEYS.of(hash))
            .arg(member.toString())
            .arg(Buffer.buffer(changed)));
  }

  private byte[] record(Known hash, Object member) {
    return link.call(Command.HGET, KEYS.of(hash), member.toString()).toBytes();
  }

  @Override
  public void await(RunId run, Optional<Instant> until) {
    index(Known.AWAITING, run, until);
  }

  private void index(Known index, Object member, Optional<Instant> at) {
    at.ifPresentOrElse(
        instant -> link.call(Command.ZADD, KEYS.of(index), Texts.of(instant), member.toString()),
        () -> remove(KEYS.of(index), member));
  }

  @Override
  public void placeInSlot(RunId run) {
    leavePlace(run);
    hold(run);
  }

  /** Has a job's record name a run as one that holds slots. */
  void hold(RunId run) {
    String others = job(run.jobId(), JobField.HOLDING);
    setJob(run.jobId(), JobField.HOLDING, (others + ' ' + suffix(run)).strip());
  }

  void release(RunId run) {
    String others =
        Stream.of(job(run.jobId(), JobField.HOLDING).split(" "))
            .filter(other -> !other.equals(suffix(run)))
            .collect(Collectors.joining(" "));
    setJob(run.jobId(), JobField.HOLDING, others);
  }

  private static String suffix(RunId run) {
    return run.incarnation() + '_' + run.occurrence();
  }

  @Override
  public void placeAtScheduler(RunId run) {
    leavePlace(run);
    queue(KEYS.of(Known.WAIT), run);
    if (job(run.jobId(), JobField.AT_SCHEDULER).isEmpty()) {
      setJob(run.jobId(), JobField.AT_SCHEDULER, run.toString());
    }
  }

  @Override
  public void placeAtJob(RunId run) {
    leavePlace(run);
    queue(KEYS.waiting(run.jobId()), run);
  }

  private void queue(String queue, RunId run) {
    add(queue, run);
    add(KEYS.of(Known.QUEUED), run);
  }

  private void leavePlace(RunId run) {
    release(run);
    remove(KEYS.of(Known.WAIT), run);
    remove(KEYS.of(Known.QUEUED), run);
    remove(KEYS.waiting(run.jobId()), run);
  }

  @Override
  public void setDue(String job, Optional<Instant> due) {
    index(Known.DUE, job, due);
  }

  @Override
  public void setLimit(String job, int limit) {
    Values<TermField> terms =
        Schema.TERMS.read(Schema.JOB.read(record(Known.JOBS, job)).bytes(JobField.TERMS));
    setJob(
        job,
        JobField.TERMS,
        Schema.TERMS.write(field -> field == TermField.LIMIT ? limit : terms.value(field)));
  }

  @Override
  public void limitScheduler(int limit) {
    setField(KEYS.of(Known.SCHEDULER), "limit", Integer.toString(limit));
  }

  @Override
  public void forgetJob(String job) {
    link.call(Command.HDEL, KEYS.of(Known.JOBS), job);
    link.call(Command.HDEL, KEYS.of(Known.DEFINITIONS), job);
    link.call(Command.HDEL, KEYS.of(Known.SEARCHED), job);
    for (JobState state : JobState.values()) {
      for (LastOutcome outcome : LastOutcome.values()) {
        remove(KEYS.listed(state, outcome), job);
      }
    }
    remove(KEYS.of(Known.DUE), job);
    remove(KEYS.of(Known.DISPLACED), job);
  }
}
