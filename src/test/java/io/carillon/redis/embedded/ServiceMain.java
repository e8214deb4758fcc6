package io.carillon.redis.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A service in miniature, for a JVM of its own: holds an embedded Redis until its input ends. Its
 * shutdown hook stands for the real one's last work, which needs Redis, and notes whether it was
 * still there.
 */
final class ServiceMain {

  static final String LAST_WORDS = "last-words.txt";

  private ServiceMain() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    try {
      EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisSettings.in(directory));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> lastWords(redis, directory)));
      System.out.println("ready " + redis.pid() + " " + redis.uri().getPort());
    } catch (EmbeddedRedisException e) {
      System.out.println("refused " + e.getMessage().replace('\n', ' '));
    }
    while (System.in.read() >= 0) {
      // Held until the other end is closed, so that no test leaves this process behind.
    }
  }

  private static void lastWords(EmbeddedRedis redis, Path directory) {
    try {
      Thread.sleep(300); // Longer than a Redis that ended first would live.
      List<String> answer = RedisExchange.ask(redis.uri().getPort(), "PING");
      Files.writeString(directory.resolve(LAST_WORDS), answer.get(0));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
