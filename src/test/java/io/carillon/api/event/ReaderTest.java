package io.carillon.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.twin.SettableClock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReaderTest {

  private final RememberedEvents log = RememberedEvents.notWaiting();
  private final SettableClock clock = new SettableClock();
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final Reader reader = new Reader(log, subscribers, clock, clock::nanoTime);
  private final RecordingOutlet outlet = new RecordingOutlet();

  @Test
  void tellsEachClientOnlyWhatItWants() {
    // Given
    RecordingOutlet other = new RecordingOutlet();
    joinsNow(new EventFilter(Set.of("run.failed"), Optional.empty(), List.of()), outlet);
    joinsNow(new EventFilter(Set.of(), Optional.of("a"), List.of("x", "y")), other);
    reader.turn();
    log.happens("run.failed", "a", "x");
    log.happens("run.started", "a", "y", "z", "x");
    log.happens("leader.elected", "");

    // When
    reader.turn();

    // Then
    assertThat(outlet.positions()).containsExactly("1");
    assertThat(other.positions()).containsExactly("2");
  }

  @Test
  void serialisesAnEventOnceForAllClients() {
    // Given
    RecordingOutlet other = new RecordingOutlet();
    joinsNow(EventFilter.ALL, outlet);
    joinsNow(EventFilter.ALL, other);
    reader.turn();
    log.happen(1);

    // When
    reader.turn();

    // Then
    assertThat(outlet.written()).hasSize(1);
    assertThat(outlet.written().get(0)).isSameAs(other.written().get(0));
  }

  @Test
  void tellsAClientWhatHappensBetweenItsRequestAndItsFirstTurn() {
    // Given
    joinsNow(EventFilter.ALL, new RecordingOutlet());
    reader.turn();
    joinsNow(EventFilter.ALL, outlet);
    log.happen(3);

    // When
    turns(3);

    // Then
    assertThat(outlet.positions()).isEqualTo(numbers(1, 3));
  }

  @Test
  void resumesWithoutGapOrDuplicateWhileMoreHappens() {
    // Given
    joinsNow(EventFilter.ALL, new RecordingOutlet());
    log.happen(3 * Reader.PAGE);
    resumes("10", outlet);

    // When
    for (int turn = 0; turn < 50; turn++) {
      log.happen(40);
      reader.turn();
    }

    // Then
    assertThat(outlet.positions()).isEqualTo(numbers(11, 3 * Reader.PAGE + 50 * 40));
  }

  @Test
  void tellsNothingTwiceToAClientWhoComesFromAReplicaThatIsAhead() {
    // Given
    joinsNow(EventFilter.ALL, new RecordingOutlet());
    reader.turn();
    log.happen(10);
    resumes("7", outlet);

    // When
    turns(3);

    // Then
    assertThat(outlet.positions()).containsExactly("8", "9", "10");
  }

  @Test
  void cutsOffAClientWhoseOutboxIsFullAndLetsItResumeWithoutLoss() {
    // Given
    RecordingOutlet prompt = new RecordingOutlet();
    joinsNow(EventFilter.ALL, prompt);
    joinsNow(EventFilter.ALL, outlet);
    reader.turn();
    log.happen(5);
    reader.turn();
    outlet.block();

    // When
    log.happen(Outbox.CAPACITY + 1);
    turns(Outbox.CAPACITY / Reader.PAGE + 1);

    // Then
    assertThat(outlet.isCut()).isTrue();
    assertThat(prompt.isCut()).isFalse();
    assertThat(subscribers).hasSize(1);
    assertThat(outlet.positions()).isEqualTo(numbers(1, 5));
    RecordingOutlet again = new RecordingOutlet();
    resumes("5", again);
    turns(10);
    assertThat(again.positions()).isEqualTo(numbers(6, 5 + Outbox.CAPACITY + 1));
  }

  @Test
  void readsToAClientThatResumesOnlyAsFastAsItTakes() {
    // Given
    int missed = 5 * Outbox.CAPACITY;
    log.happen(missed);
    resumes("0", outlet.block());

    // When
    turns(20);
    boolean cutWhileItWaited = outlet.isCut();
    outlet.unblock();
    turns(40);

    // Then
    assertThat(cutWhileItWaited).isFalse();
    assertThat(outlet.positions()).isEqualTo(numbers(1, missed));
  }

  @Test
  void cutsOffAClientThatTakesNothingFromOneHeartbeatToTheNext() {
    // Given
    joinsNow(EventFilter.ALL, outlet.block());
    log.happen(1);
    turns(2);

    // When
    passesAHeartbeat();
    boolean cutAtTheFirst = outlet.isCut();
    passesAHeartbeat();

    // Then
    assertThat(cutAtTheFirst).isFalse();
    assertThat(outlet.isCut()).isTrue();
    assertThat(subscribers).isEmpty();
  }

  @Test
  void keepsAClientToWhomThereIsNothingToSay() {
    // Given
    joinsNow(EventFilter.ALL, outlet);

    // When
    IntStream.range(0, 10).forEach(any -> passesAHeartbeat());

    // Then
    assertThat(outlet.isCut()).isFalse();
    assertThat(outlet.text()).isEqualTo(": \n\n".repeat(10));
  }

  @Test
  void movesThePositionOfAClientToWhomNothingIsOfInterest() {
    // Given
    joinsNow(new EventFilter(Set.of("job.deleted"), Optional.empty(), List.of()), outlet);
    reader.turn();
    log.happen(7);
    reader.turn();

    // When
    passesAHeartbeat();
    passesAHeartbeat();

    // Then
    assertThat(outlet.text()).isEqualTo(": \nid: 7\n\n: \n\n");
  }

  private void joinsNow(EventFilter filter, RecordingOutlet to) {
    subscribers.add(new Subscriber(filter, Cursor.atEnd(log), new Outbox(to)));
  }

  private void resumes(String after, RecordingOutlet to) {
    subscribers.add(new Subscriber(EventFilter.ALL, Cursor.after(log, after), new Outbox(to)));
  }

  private void turns(int times) {
    IntStream.range(0, times).forEach(any -> reader.turn());
  }

  private void passesAHeartbeat() {
    clock.advance(Reader.BETWEEN_HEARTBEATS);
    reader.turn();
  }

  private static List<String> numbers(int first, int last) {
    return LongStream.rangeClosed(first, last).mapToObj(Long::toString).toList();
  }
}
