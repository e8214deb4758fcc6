package io.carillon.redis;

import java.util.function.UnaryOperator;

/** One ledger: the names of its keys, how it is kept, and its scripts. */
public final class Partition {

  private final Keys keys;
  private final RedisSettings settings;
  private final UnaryOperator<String> edit;

  /** The only partition, or the first of several. */
  public static Partition first(RedisSettings settings) {
    return new Partition(Keys.FIRST, settings, UnaryOperator.identity());
  }

  /**
   * @param edit what is changed in the text of its scripts
   */
  Partition(Keys keys, RedisSettings settings, UnaryOperator<String> edit) {
    this.keys = keys;
    this.settings = settings;
    this.edit = edit;
  }

  Keys keys() {
    return keys;
  }

  RedisSettings settings() {
    return settings;
  }

  RedisScript script(String name) {
    return RedisScript.load(name, keys, settings).edited(edit);
  }
}
