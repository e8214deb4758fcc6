package io.carillon.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Numbers of a unit in English, as the step or the ranges that they are: {@code every 7th minute
 * from 0 to 56}, {@code 0 to 10, 30 and 45}.
 */
final class NumberWords {

  /** Fewer numbers are named one by one. */
  private static final int LEAST_FOLDED = 4;

  private final int[] numbers;
  private final IntFunction<String> name;

  /**
   * @param numbers ascending; where there are none, so are the phrases
   * @param name how one of them is called
   */
  NumberWords(IntStream numbers, IntFunction<String> name) {
    this.numbers = numbers.toArray();
    this.name = name;
  }

  int size() {
    return numbers.length;
  }

  int first() {
    return numbers[0];
  }

  int last() {
    return numbers[numbers.length - 1];
  }

  /** The one distance between the numbers, greater than 1, if they are many enough to be a step. */
  OptionalInt step() {
    if (numbers.length < LEAST_FOLDED) {
      return OptionalInt.empty();
    }
    int step = numbers[1] - numbers[0];
    for (int i = 2; i < numbers.length; i++) {
      if (numbers[i] - numbers[i - 1] != step) {
        return OptionalInt.empty();
      }
    }
    return step > 1 ? OptionalInt.of(step) : OptionalInt.empty();
  }

  /** The phrases to join: one for a step, else one for each range and each single number. */
  List<String> phrases(String unit) {
    OptionalInt step = step();
    return step.isEmpty()
        ? ranges()
        : List.of(
            "every %s %s from %s to %s"
                .formatted(
                    Words.ordinal(step.getAsInt()), unit, name.apply(first()), name.apply(last())));
  }

  private List<String> ranges() {
    List<String> ranges = new ArrayList<>();
    int begin = 0;
    for (int end = 1; end <= numbers.length; end++) {
      if (end == numbers.length || numbers[end] != numbers[end - 1] + 1) {
        range(begin, end, ranges);
        begin = end;
      }
    }
    return ranges;
  }

  private void range(int begin, int end, List<String> ranges) {
    if (end - begin >= LEAST_FOLDED) {
      ranges.add(name.apply(numbers[begin]) + " to " + name.apply(numbers[end - 1]));
    } else {
      IntStream.range(begin, end).mapToObj(i -> name.apply(numbers[i])).forEach(ranges::add);
    }
  }
}
