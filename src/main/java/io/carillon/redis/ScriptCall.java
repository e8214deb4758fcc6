package io.carillon.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A call of a script: its arguments by the names in the script's head, then its items, each begun by
 * {@link #item}. An unknown name, and an argument left out, are faults of the caller.
 */
final class ScriptCall {

  private final RedisScript script;
  private final ScriptHead head;
  private final List<String> values;
  private List<String> names;
  private int begin;

  ScriptCall(RedisScript script, ScriptHead head) {
    this.script = script;
    this.head = head;
    this.names = head.arguments();
    this.values = new ArrayList<>(unset(names.size()));
  }

  /** Names an argument, or a field of the latest item. */
  ScriptCall with(String name, Object value) {
    int position = names.indexOf(name);
    if (position < 0) {
      throw new IllegalArgumentException("no argument " + name);
    }
    values.set(begin + position, text(value));
    return this;
  }

  /** Begins an item. */
  ScriptCall item() {
    names = head.itemFields();
    begin = values.size();
    values.addAll(unset(names.size()));
    return this;
  }

  private static List<String> unset(int size) {
    return Arrays.asList(new String[size]);
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(ScriptCall::text).orElse("");
    }
    if (value instanceof Instant instant) {
      return Texts.of(instant);
    }
    return value instanceof Duration duration
        ? Long.toString(duration.toMillis())
        : String.valueOf(value);
  }

  Future<Response> send(RedisLink link) {
    if (values.contains(null)) {
      throw new IllegalArgumentException("arguments left out: " + head);
    }
    return script.run(link, values);
  }

  /**
   * Sends the call and waits for the reply.
   *
   * @throws io.carillon.engine.StoreUnavailable when none came
   */
  Response await(RedisLink link) {
    return RedisLink.await(send(link));
  }
}
