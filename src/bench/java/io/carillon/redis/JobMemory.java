package io.carillon.redis;

import static io.carillon.job.DefinitionBuilder.aJob;

import io.carillon.api.job.DefinitionJson;
import io.carillon.engine.LedgerSteps;
import io.carillon.job.Definition;
import io.carillon.job.DefinitionBuilder;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What a job takes of Redis' memory before its first run, all keys together, and what of it the
 * column takes that searches read.
 *
 * <p>System properties: {@code jobs} (100,000), {@code definition} (230, bytes of its JSON).
 */
public final class JobMemory {

  private JobMemory() {}

  public static void main(String... arguments) {
    Locale.setDefault(Locale.ROOT);
    int jobs = Integer.getInteger("jobs", 100_000);
    Definition definition = definition(Integer.getInteger("definition", 230));
    Vertx vertx = Vertx.vertx();
    try (RedisServer server = RedisServer.start();
        RedisPorts ports = new RedisPorts(vertx, server.uri(), RedisSettings.DEFAULT)) {
      ports.reset();
      LedgerSteps steps = new LedgerSteps(ports);
      long before = used(ports);
      for (int i = 0; i < jobs; i++) {
        steps.job("job-%08d".formatted(i), definition, Optional.of(steps.now().plusSeconds(i)));
      }
      ports.queries().call(Command.XTRIM, Keys.FIRST.of(Keys.Known.EVENTS), "MAXLEN", "0");
      long all = used(ports) - before;
      ports.queries().call(Command.DEL, Keys.FIRST.prefix() + "searched");
      long rest = used(ports) - before;
      System.out.printf(
          "%,d jobs with definitions of %d bytes: %d bytes a job, %d of them to search%n",
          jobs, size(definition), all / jobs, (all - rest) / jobs);
    } finally {
      vertx.close();
    }
  }

  /** As large as asked for by its description. */
  private static Definition definition(int bytes) {
    DefinitionBuilder job =
        aJob().named("Billing nightly").to("https://billing.example.com/hooks/nightly");
    int missing = bytes - size(job.described("").build());
    return job.described("d".repeat(Math.max(0, missing))).build();
  }

  private static int size(Definition definition) {
    return new DefinitionJson().write(definition).getBytes(StandardCharsets.UTF_8).length;
  }

  private static long used(RedisPorts ports) {
    return ports
        .queries()
        .call(Command.INFO, "memory")
        .toString()
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
        .sum();
  }
}
