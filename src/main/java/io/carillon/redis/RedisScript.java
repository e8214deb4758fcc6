package io.carillon.redis;

import io.carillon.engine.StoreUnavailable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A script on one partition: one state change, or one reading of many things at one moment. Run by
 * its digest, and by its text where Redis does not know it (any more).
 */
final class RedisScript {

  private final ScriptText source;
  private final List<String> keys;
  private final String text;
  private final String sent;
  private final String digest;

  private RedisScript(ScriptText source, List<String> keys, String text) {
    this.source = source;
    this.keys = keys;
    this.text = text;
    this.sent = withKnownWords(source, text);
    this.digest = sha1(sent);
  }

  private static String withKnownWords(ScriptText source, String text) {
    try {
      return LedgerWords.replacedIn(text);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(source.located(unknown.getMessage()), unknown);
    }
  }

  static RedisScript load(String name, Keys keys, RedisSettings settings) {
    ScriptText source = ScriptText.load(name, keys, settings);
    return new RedisScript(source, keys.of(source.keys()), source.text());
  }

  /** This script with another text. */
  RedisScript edited(UnaryOperator<String> edit) {
    return new RedisScript(source, keys, edit.apply(text));
  }

  /** A call of this script, with its arguments to be named. */
  ScriptCall call() {
    return new ScriptCall(this, source.head());
  }

  /** An item of a call, to be added to one later. */
  ScriptCall.Item item() {
    return new ScriptCall.Item(source.head());
  }

  /** An error that this script answers for one item, as its caller gets it. */
  StoreUnavailable failure(String error) {
    return RedisLink.unavailableForOne(located(ErrorType.create(error)));
  }

  Future<Response> run(RedisLink link, List<byte[]> args) {
    return link.send(request(Command.EVALSHA, digest, args))
        .recover(
            failure ->
                failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT")
                    ? link.send(request(Command.EVAL, sent, args))
                    : Future.failedFuture(failure))
        .recover(
            failure ->
                Future.failedFuture(failure instanceof ErrorType error ? located(error) : failure));
  }

  private ErrorType located(ErrorType error) {
    return ErrorType.create(source.located(error.getMessage()));
  }

  private Request request(Command command, String script, List<byte[]> args) {
    Request request = Request.cmd(command).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    args.forEach(arg -> request.arg(Buffer.buffer(arg)));
    return request;
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
