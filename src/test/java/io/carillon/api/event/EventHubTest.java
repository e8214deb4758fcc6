package io.carillon.api.event;

import static io.carillon.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.engine.StoreUnavailable;
import io.carillon.engine.twin.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventHubTest {

  private final RememberedEvents log = RememberedEvents.waiting();
  private final SettableClock clock = new SettableClock();
  private final EventHub hub = new EventHub(log, clock, clock::nanoTime);
  private final RecordingOutlet outlet = new RecordingOutlet();

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void beginsAStreamAtOnceWhateverHappens() {
    // When
    opens(Optional.empty(), outlet);

    // Then
    assertThat(outlet.text()).isEqualTo(": carillon\nretry: 3000\n\n");
  }

  @Test
  void beginsWithAGapWhereThePositionLiesBeyondTheNewestEvent() {
    // Given
    log.happen(10);
    log.keep(4);

    // When
    opens(Optional.of("99"), outlet);

    // Then
    assertThat(outlet.all("event")).containsExactly("gap");
    assertThat(outlet.all("id")).containsExactly("10");
    assertThat(outlet.all("data").get(0)).contains("\"data\":{\"after\":\"99\",\"oldest\":\"7\"}");
    log.happen(1);
    eventually().until(() -> outlet.positions().contains("11"));
  }

  @Test
  void beginsWithAGapWhereThePositionIsOfAnotherLogAndNothingIsKept() {
    // When
    opens(Optional.of("99"), outlet);

    // Then
    assertThat(outlet.all("id")).containsExactly("0");
    assertThat(outlet.all("data").get(0)).contains("\"data\":{\"after\":\"99\"}");
  }

  @Test
  void readsOnlyWhileThereAreClients() {
    // Given
    Runnable leave = opens(Optional.empty(), outlet);
    eventually().until(() -> log.reads() > 0);

    // When
    leave.run();
    // The read under way may be the last but one.
    long last = log.reads() + 1;

    // Then
    assertThat(hub.clients()).isZero();
    eventually()
        .during(Duration.ofMillis(500))
        .until(
            () -> {
              log.happen(1);
              return log.reads() <= last;
            });
    assertThat(outlet.positions()).isEmpty();
  }

  @Test
  void resumesWithoutGapOrDuplicateWhileOthersWrite() throws InterruptedException {
    // Given
    int events = 5_000;
    Thread writer = new Thread(() -> log.happen(events), "writer");
    List<RecordingOutlet> outlets = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    log.happen(100);

    // When
    writer.start();
    for (int client = 0; client < 20; client++) {
      RecordingOutlet another = new RecordingOutlet();
      long seen = Math.max(0, Long.parseLong(log.end()) - 37L * client);
      outlets.add(another);
      starts.add(seen);
      opens(Optional.of(Long.toString(seen)), another);
    }
    writer.join();
    // However fast the writer was, each client has something to come.
    log.happen(1);

    // Then
    int last = 100 + events + 1;
    eventually()
        .until(() -> outlets.stream().allMatch(one -> one.hasComeTo(Integer.toString(last))));
    for (int client = 0; client < outlets.size(); client++) {
      assertThat(outlets.get(client).positions())
          .isEqualTo(
              LongStream.rangeClosed(starts.get(client) + 1, last)
                  .mapToObj(Long::toString)
                  .toList());
    }
  }

  @Test
  void keepsItsClientsWhileTheLogCannotBeReadAndSaysSoOnce() {
    // Given
    List<String> said = new CopyOnWriteArrayList<>();
    Handler listener = listener(said);
    Logger logger = Logger.getLogger(EventHub.class.getName());
    logger.addHandler(listener);
    opens(Optional.empty(), outlet);
    eventually().until(() -> log.reads() > 0);

    // When
    log.goAway();
    eventually().until(() -> log.refusals() >= 3);
    log.comeBack();
    log.happen(1);

    // Then
    eventually().until(() -> outlet.positions().equals(List.of("1")) && said.size() > 1);
    logger.removeHandler(listener);
    assertThat(outlet.isCut()).isFalse();
    assertThat(said)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("events not read"),
            second -> assertThat(second).isEqualTo("events read again"));
  }

  private static Handler listener(List<String> said) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        said.add(String.format(record.getMessage(), record.getParameters()));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void leavesTheOutletAloneWhenTheLogCannotBeAsked() {
    // Given
    log.goAway();

    // When
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> opens(Optional.empty(), outlet));

    // Then
    assertThat(outlet.written()).isEmpty();
    assertThat(hub.clients()).isZero();
  }

  @Test
  void completesAllStreamsWhenItIsClosedAfterWhatWaits() {
    // Given
    RecordingOutlet slow = new RecordingOutlet().block();
    opens(Optional.empty(), outlet);
    opens(Optional.empty(), slow);

    // When
    hub.close();

    // Then
    assertThat(outlet.isEnded()).isTrue();
    assertThat(slow.isEnded()).isFalse();
    slow.unblock();
    assertThat(slow.isEnded()).isTrue();
    assertThat(slow.text()).isEqualTo(outlet.text());
  }

  @Test
  void endsItsThreadWhenItIsClosed() {
    // Given
    opens(Optional.empty(), outlet);

    // When
    hub.close();

    // Then
    eventually().until(() -> !hub.isReading());
  }

  @Test
  void sendsAClientThatComesAfterwardsToAnotherReplica() {
    // Given
    hub.close();

    // When
    opens(Optional.empty(), outlet);

    // Then
    assertThat(outlet.text()).contains("retry: 3000");
    assertThat(outlet.isEnded()).isTrue();
  }

  private Runnable opens(Optional<String> after, RecordingOutlet to) {
    return hub.open(EventFilter.ALL, after, to);
  }
}
