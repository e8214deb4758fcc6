package io.carillon.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What a seed decides. */
final class Chance {

  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Chance for somebody else, who may use it up without changing anything here. */
  SplittableRandom forAnother() {
    return random.split();
  }

  /** True once in so many times. */
  boolean onceIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** From 0 to {@code below}, exclusive. */
  int below(int below) {
    return random.nextInt(below);
  }

  Duration millis(int least, int most) {
    return Duration.ofMillis(random.nextInt(least, most + 1));
  }

  <T> Optional<T> perhaps(Supplier<T> thing) {
    return onceIn(3) ? Optional.of(thing.get()) : Optional.empty();
  }

  <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... things) {
    return things[random.nextInt(things.length)];
  }
}
