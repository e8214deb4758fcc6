package io.carillon.redis;

import io.carillon.engine.Answers;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Kept answers, one string a key: first what the request is told by, then the token of a claim or
 * the answer, line by line as in HTTP.
 */
public final class RedisAnswers implements Answers {

  private static final Duration KEPT = Duration.ofHours(24);

  /** For how long a request holds its key without an answer: longer than any takes. */
  private static final Duration CLAIM = Duration.ofMinutes(1);

  private static final String CLAIMED = "claimed ";

  private final Keys keys;
  private final RedisLink link;
  private final RandomGenerator random;
  private final RedisScript settle;

  public RedisAnswers(RedisLink link, Partition partition, RandomGenerator random) {
    this.link = link;
    this.random = random;
    this.keys = partition.keys();
    this.settle = partition.script("settle-answer");
  }

  @Override
  public Standing begin(String key, String request) {
    String token = Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
    Begun claim = new Begun(key, request, token);
    Response claimed =
        link.call(
            Command.SET,
            keys.answer(key),
            written(claim),
            "NX",
            "PX",
            Long.toString(CLAIM.toMillis()));
    return claimed != null ? claim : standing(key, request);
  }

  /** Between the two commands the key may have lapsed; then the caller may simply ask again. */
  private Standing standing(String key, String request) {
    return Optional.ofNullable(link.call(Command.GET, keys.answer(key)))
        .map(kept -> read(kept.toString(), request))
        .orElseGet(InProgress::new);
  }

  private static Standing read(String kept, String request) {
    String[] parts = kept.split("\n", 2);
    if (!parts[0].equals(request)) {
      return new Another();
    }
    return parts[1].startsWith(CLAIMED) ? new InProgress() : new Kept(readAnswer(parts[1]));
  }

  @Override
  public void keep(Begun claim, Answer answer) {
    settle(claim, claim.request() + '\n' + written(answer));
  }

  @Override
  public void release(Begun claim) {
    settle(claim, "");
  }

  private void settle(Begun claim, String answer) {
    settle
        .call()
        .with("key", claim.key())
        .with("claim", written(claim))
        .with("answer", answer)
        .with("kept", KEPT)
        .await(link);
  }

  private static String written(Begun claim) {
    return claim.request() + '\n' + CLAIMED + claim.token();
  }

  private static String written(Answer answer) {
    StringBuilder text = new StringBuilder().append(answer.status()).append('\n');
    answer.headers().forEach((name, value) -> text.append(name + ": " + value + '\n'));
    return text.append('\n').append(answer.body()).toString();
  }

  private static Answer readAnswer(String text) {
    String[] headAndBody = text.split("\n\n", 2);
    String[] head = headAndBody[0].split("\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int line = 1; line < head.length; line++) {
      String[] header = head[line].split(": ", 2);
      headers.put(header[0], header[1]);
    }
    return new Answer(Integer.parseInt(head[0]), headers, headAndBody[1]);
  }
}
