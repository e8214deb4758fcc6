package io.carillon.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call of a script: its arguments by the names in the script's head, then its items, each begun
 * by {@link #item}. An unknown name, and an argument left out, are faults of the caller.
 */
final class ScriptCall {

  private final RedisScript script;
  private final ScriptHead head;
  private final Object[] arguments;
  private final List<Item> items = new ArrayList<>();

  ScriptCall(RedisScript script, ScriptHead head) {
    this.script = script;
    this.head = head;
    this.arguments = new Object[head.arguments().size()];
  }

  /** Names an argument. */
  ScriptCall with(String name, Object value) {
    arguments[position(head.arguments().indexOf(name), name)] = value;
    return this;
  }

  private static int position(int found, String name) {
    if (found < 0) {
      throw new IllegalArgumentException("no argument " + name);
    }
    return found;
  }

  /** Begins an item. */
  Item item() {
    Item item = new Item(head);
    items.add(item);
    return item;
  }

  /** Adds items that have been begun elsewhere. */
  ScriptCall with(List<Item> others) {
    items.addAll(others);
    return this;
  }

  /** What repeats behind the arguments. */
  static final class Item {
    private final ScriptHead head;
    private final Object[] values;
    private byte[] packed;

    Item(ScriptHead head) {
      this.head = head;
      this.values = new Object[head.itemFields().size()];
    }

    /** Names a field. */
    Item with(String name, Object value) {
      int found = 0;
      while (found < values.length && !head.itemFields().get(found).name().equals(name)) {
        found++;
      }
      values[position(found < values.length ? found : -1, name)] = value;
      return this;
    }

    /** As it is sent; nothing can be named any more. */
    byte[] packed() {
      if (packed == null) {
        Packing packing = new Packing();
        for (int i = 0; i < values.length; i++) {
          packing.add(head.itemFields().get(i).type(), present(values[i], head));
        }
        packed = packing.bytes();
      }
      return packed;
    }
  }

  Future<Response> send(RedisLink link) {
    List<byte[]> sent = new ArrayList<>(arguments.length + items.size());
    for (Object argument : arguments) {
      sent.add(text(present(argument, head)).getBytes(StandardCharsets.UTF_8));
    }
    items.forEach(item -> sent.add(item.packed()));
    return script.run(link, sent);
  }

  private static Object present(Object value, ScriptHead head) {
    if (value == null) {
      throw new IllegalArgumentException("argument left out of " + head);
    }
    return value;
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

  /**
   * Sends the call and waits for the reply.
   *
   * @throws io.carillon.engine.StoreUnavailable when none came
   */
  Response await(RedisLink link) {
    return RedisLink.await(send(link));
  }
}
