package io.carillon.redis.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends Redis when this JVM has ended, however it ended: a shell that reads from a pipe to which
 * only this JVM can write. The process must stay reachable, since the pipe is closed when it is
 * collected.
 *
 * @param process the shell
 */
record Watcher(Process process) {

  /** How long it lets Redis write its data before it ends it by force. */
  static final Duration GRACE = Duration.ofSeconds(20);

  private static final Duration DISMISSED_WITHIN = Duration.ofSeconds(5);

  /**
   * Arguments: the file with Redis' process id, the file for its own, tenths of a second of grace.
   * Redis is told by its working directory, as in {@link ProcessInDirectory}. It is looked for a
   * second time a moment later, for the case that the service died while it was starting Redis.
   */
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      echo $$ > "$2"
      here=$(pwd -P)
      moment() { sleep 0.1 || sleep 1; }
      redis_lives() {
        redis=$(cat "$1" 2>/dev/null)
        [ -n "$redis" ] || return 1
        if [ -e /proc/self ]; then
          [ "$(readlink "/proc/$redis/cwd" 2>/dev/null)" = "$here" ]
        else
          case $(ps -o command= -p "$redis") in *redis-server*) return 0 ;; esac
          return 1
        fi
      }
      while read -r word; do
        [ "$word" = dismissed ] && exit 0
      done
      redis_lives "$1" || moment
      redis_lives "$1" && kill -TERM "$redis"
      left=$3
      while redis_lives "$1" && [ "$left" -gt 0 ]; do
        moment
        left=$((left - 1))
      done
      redis_lives "$1" && kill -KILL "$redis"
      exit 0
      """;

  /** Starts watching; Redis may come later, it is found by its file. */
  static Watcher start(DataDirectory directory, OwnSession session) {
    List<String> command =
        session.of(
            List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "carillon-redis-watcher",
                directory.redisPid().toString(),
                directory.watcherPid().toString(),
                Long.toString(GRACE.toMillis() / 100)));
    try {
      return new Watcher(
          new ProcessBuilder(command)
              .directory(directory.redis().toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new EmbeddedRedisException("The watcher of the embedded Redis cannot be started", e);
    }
  }

  /** Ends the watch; whatever Redis does from now on is not its business. */
  void dismiss() {
    try (OutputStream pipe = process.getOutputStream()) {
      pipe.write("dismissed\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException gone) {
      // A watcher that somebody has ended needs no dismissal; the wait below confirms it.
    }
    try {
      if (!process.waitFor(DISMISSED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw BoundedWait.interrupted(e);
    }
  }
}
