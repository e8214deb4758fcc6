package io.carillon.redis;

import io.carillon.engine.IdempotencyKeys;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One state change: a file of {@code redis/*.lua} behind the parts that all share. Run by its
 * digest, and by its text where Redis does not know it (any more).
 */
final class RedisScript {

  private static final String WITH = "-- with:";

  /** The shared parts of every script. */
  private static final List<String> ALWAYS = List.of("prelude", "events", "runs");

  private static final String BEGIN = "local function change()\n";

  /**
   * Whatever became of the change, what it ended by then is forgotten and what it told is written.
   */
  private static final String END =
      """
      end
      local done, answer = pcall(change)
      forget_ended()
      write_events()
      if not done then error(answer, 0) end
      if fault then error(fault, 0) end
      return answer
      """;

  private final String text;
  private final String digest;

  private RedisScript(String text) {
    this.text = text;
    this.digest = sha1(text);
  }

  static RedisScript load(String name, RedisSettings settings) {
    String constants =
        """
        local HISTORY_KEPT, HISTORY_AGE, EVENTS_KEPT, FAILURES_KEPT = '%d', %d, %d, '%d'
        local IDEMPOTENCY_KEPT, IDEMPOTENCY_CLAIM = '%d', %d
        local JOB_FIELDS = { '%s' }
        """
            .formatted(
                settings.historyKept(),
                settings.historyAge().toMillis(),
                settings.eventsKept(),
                settings.failuresKept(),
                IdempotencyKeys.KEPT.toMillis(),
                IdempotencyKeys.CLAIM.toMillis(),
                String.join("', '", JobFields.NAMES));
    String script = resource(name);
    return new RedisScript(
        Keys.luaDeclarations()
            + constants
            + ALWAYS.stream().map(RedisScript::resource).collect(Collectors.joining())
            + partsOf(script)
            + BEGIN
            + script
            + END);
  }

  /** The other shared parts, those that a script's first line asks for. */
  private static String partsOf(String script) {
    return script.startsWith(WITH)
        ? Arrays.stream(script.substring(WITH.length(), script.indexOf('\n')).trim().split(" "))
            .map(RedisScript::resource)
            .collect(Collectors.joining())
        : "";
  }

  /** This script with another text. */
  RedisScript edited(UnaryOperator<String> edit) {
    return new RedisScript(edit.apply(text));
  }

  Future<Response> run(RedisLink link, List<String> args) {
    return link.send(request(Command.EVALSHA, digest, args))
        .recover(
            failure ->
                failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT")
                    ? link.send(request(Command.EVAL, text, args))
                    : Future.failedFuture(failure));
  }

  Response call(RedisLink link, String... args) {
    return RedisLink.await(run(link, List.of(args)));
  }

  private static Request request(Command command, String script, List<String> args) {
    Request request = Request.cmd(command).arg(script).arg(Keys.KNOWN.size());
    Keys.KNOWN.forEach(request::arg);
    args.forEach(request::arg);
    return request;
  }

  private static String resource(String name) {
    try (InputStream in = RedisScript.class.getResourceAsStream("/redis/" + name + ".lua")) {
      if (in == null) {
        throw new IllegalArgumentException("no script " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
