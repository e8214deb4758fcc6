package io.carillon.process.faults;

import static io.carillon.Eventually.eventually;

import io.carillon.process.faults.Promise.Repeats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The power fails: Redis comes back without the last 0.7 s of its append-only file. What it has
 * forgotten may happen again, under the same names; what it has not, has happened.
 */
final class CutTail implements Fault {

  private static final Duration CUT = Duration.ofMillis(700);
  private static final Duration WATCHED = Duration.ofSeconds(4);
  private static final Duration EVERY = Duration.ofMillis(20);

  /** No more beyond the cut is cut, or what Redis may forget is not known. */
  private static final Duration GRAIN = Duration.ofSeconds(1);

  private final Newcomers newcomers;

  /**
   * @param newcomers registered until the power fails
   */
  CutTail(Newcomers newcomers) {
    this.newcomers = newcomers;
  }

  @Override
  public String what() {
    return "kill -9 and 0.7 s of the AOF cut";
  }

  @Override
  public String victim() {
    return "Redis";
  }

  @Override
  public Promise promise() {
    return RedisFault.promise(Repeats.WHAT_WAS_UNDER_WAY);
  }

  @Override
  public Duration undone() {
    return CUT.plus(GRAIN).plus(RedisFault.WRITTEN_WITHIN);
  }

  @Override
  public Strike strike(Cluster cluster, Observation observation) {
    rewrite(cluster.console());
    Path file = appendOnlyFile(cluster.console());
    newcomers.forget();
    long kept = watch(file, () -> newcomers.maybeRegister(cluster.anyRunning().client()));
    Instant struck = Instant.now();
    cluster.redis().kill();
    truncate(file, kept);
    cluster.redis().restart();
    Instant back = Instant.now();
    return new Strike(struck, back, Optional.empty());
  }

  @Override
  public void check(Cluster cluster, Trial trial) {
    newcomers.check(cluster.anyRunning().client(), trial);
  }

  /** So that no rewriting changes the file's size while it is watched. */
  private static void rewrite(RedisConsole console) {
    console.ask("BGREWRITEAOF");
    eventually("the append-only file is rewritten")
        .until(
            () -> {
              String state = console.ask("INFO persistence");
              return state.contains("aof_rewrite_in_progress:0")
                  && state.contains("aof_rewrite_scheduled:0");
            });
  }

  private static Path appendOnlyFile(RedisConsole console) {
    String directory = console.ask("CONFIG GET dir").lines().skip(4).findFirst().orElseThrow();
    return Path.of(directory, "appendonly.aof");
  }

  /**
   * Watches the file for some time, and until newcomers came after the cut.
   *
   * @return the file's size where it is to be cut
   */
  private long watch(Path file, Runnable meanwhile) {
    NavigableMap<Instant, Long> sizes = new TreeMap<>();
    Instant end = Instant.now().plus(WATCHED);
    eventually("the file is watched")
        .pollInterval(EVERY)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              meanwhile.run();
              sizes.put(Instant.now(), Files.size(file));
              return Instant.now().isAfter(end) && isForgottenWhole(sizes);
            });
    return cut(sizes).getValue();
  }

  private boolean isForgottenWhole(NavigableMap<Instant, Long> sizes) {
    Instant cut = cut(sizes).getKey();
    return cut.isAfter(Instant.now().minus(CUT).minus(GRAIN)) && newcomers.anyAskedAfter(cut);
  }

  private static Map.Entry<Instant, Long> cut(NavigableMap<Instant, Long> sizes) {
    return sizes.floorEntry(sizes.lastKey().minus(CUT));
  }

  private static void truncate(Path file, long size) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return what() + " of " + victim();
  }
}
