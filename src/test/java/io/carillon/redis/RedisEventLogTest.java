package io.carillon.redis;

import static io.carillon.engine.LedgerSteps.await;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import io.carillon.engine.EventLogContract;
import io.carillon.engine.LedgerSteps;
import io.carillon.engine.RunLedger.Take;
import io.carillon.engine.twin.Ports;
import io.carillon.job.LifecycleEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisEventLogTest extends EventLogContract {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  @Override
  protected Ports ports() {
    return REDIS.ports();
  }

  @Test
  void aboutAsManyEventsAreKeptAsAreToBe() {
    // Given
    int kept = 1_500;
    RedisSettings settings =
        new RedisSettings(Eventually.BOUND, 50, Duration.ofDays(7), kept, 10_000);
    try (RedisPorts ports = new RedisPorts(REDIS.vertx(), REDIS.uri(), settings)) {
      ports.reset();
      LedgerSteps steps = new LedgerSteps(ports);
      IntStream.range(0, 700).forEach(i -> steps.readyRun("job-" + i));

      // When
      IntStream.range(0, 40).forEach(i -> take(ports, "few-" + i, 10));
      IntStream.range(0, 3).forEach(i -> take(ports, "many-" + i, 100));
      IntStream.range(0, 2_000).forEach(i -> steps.dueJob("other-" + i, aJob()));

      // Then
      List<LifecycleEvent> all = allAfter("0-0", ports);
      assertThat(all.size()).isBetween(kept, kept + 1_000);
      assertThat(ports.events().oldest()).contains(all.get(0).position());
      assertThat(all.get(all.size() - 1).jobId()).contains("other-1999");
      assertThat(ports.events().follows("0-0", all.get(0).position())).isFalse();
      assertThat(IntStream.range(1, all.size()))
          .allMatch(i -> ports.events().follows(all.get(i - 1).position(), all.get(i).position()));
    }
  }

  private static void take(Ports ports, String token, int max) {
    assertThat(await(ports.runs().take(new Take("a", token, max))).runs()).hasSize(max);
  }

  private static List<LifecycleEvent> allAfter(String position, Ports ports) {
    List<LifecycleEvent> all = new ArrayList<>();
    List<LifecycleEvent> page;
    do {
      String from = all.isEmpty() ? position : all.get(all.size() - 1).position();
      page = ports.events().after(from, 100, Duration.ZERO);
      all.addAll(page);
    } while (!page.isEmpty());
    return all;
  }
}
