package io.carillon.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.twin.SettableClock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When a client is told that it has missed events, and when not. */
class GapTest {

  private final RememberedEvents log = RememberedEvents.notWaiting();
  private final SettableClock clock = new SettableClock();
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final Reader reader = new Reader(log, subscribers, clock, clock::nanoTime);
  private final RecordingOutlet outlet = new RecordingOutlet();

  @Test
  void takesAPositionFromBeyondTheEndForTheEnd() {
    // Given
    log.happen(2);
    resumes("99");

    // When
    log.happen(1);
    turns(2);

    // Then
    assertThat(outlet.positions()).containsExactly("3");
  }

  @Test
  void beginsWithoutAGapAtTheStartOfALogThatHasForgottenNothing() {
    // Given
    log.happen(3);
    resumes("0");

    // When
    turns(2);

    // Then
    assertThat(outlet.all("event")).doesNotContain("gap");
    assertThat(outlet.positions()).containsExactly("1", "2", "3");
  }

  @Test
  void beginsWithoutAGapAtTheEventBeforeTheOldestThatIsKept() {
    // Given
    log.happen(10);
    log.keep(4);
    resumes("6");

    // When
    turns(2);

    // Then
    assertThat(outlet.all("event")).doesNotContain("gap");
    assertThat(outlet.positions()).containsExactly("7", "8", "9", "10");
  }

  @Test
  void tellsOfAGapWhatIsForgottenBetweenTwoPages() {
    // Given
    log.happen(3 * Reader.PAGE);
    resumes("0");
    reader.turn();

    // When
    log.keep(10);
    turns(3);

    // Then
    int last = 3 * Reader.PAGE;
    assertThat(outlet.all("event")).filteredOn("gap"::equals).hasSize(1);
    assertThat(outlet.positions())
        .containsExactlyElementsOf(
            Stream.of(numbers(1, Reader.PAGE), numbers(last - 9, last))
                .flatMap(List::stream)
                .toList());
  }

  @Test
  void beginsWithAGapWhereTheOldestEventKeptIsNewerThanThePosition() {
    // Given
    log.happen(10);
    log.keep(4);
    resumes("3");

    // When
    turns(2);

    // Then
    assertThat(outlet.all("event")).startsWith("gap", "job.updated");
    assertThat(outlet.all("id")).containsExactly("3", "7", "8", "9", "10");
    assertThat(outlet.all("data").get(0))
        .contains("\"type\":\"io.carillon.gap\"", "\"data\":{\"after\":\"3\",\"oldest\":\"7\"}");
  }

  @Test
  void beginsWithoutAGapWhereTheEventAtThePositionIsStillKept() {
    // Given
    log.happen(10);
    log.keep(4);
    resumes("7");

    // When
    turns(2);

    // Then
    assertThat(outlet.all("event")).doesNotContain("gap");
    assertThat(outlet.positions()).containsExactly("8", "9", "10");
  }

  @Test
  void tellsEverybodyOfAGapThatItFellBehindItself() {
    // Given
    joinsNow();
    log.happen(1);
    reader.turn();

    // When
    log.happen(20);
    log.keep(5);
    reader.turn();

    // Then
    assertThat(outlet.all("event")).startsWith("job.updated", "gap");
    assertThat(outlet.all("id")).containsExactly("1", "1", "17", "18", "19", "20", "21");
  }

  @Test
  void knowsOfNoGapBeforeTheVeryFirstEvent() {
    // Given
    joinsNow();
    reader.turn();

    // When
    log.happen(1);
    reader.turn();

    // Then
    assertThat(outlet.all("event")).containsExactly("job.updated");
  }

  private void joinsNow() {
    subscribers.add(new Subscriber(EventFilter.ALL, Cursor.atEnd(log), new Outbox(outlet)));
  }

  private void resumes(String after) {
    Cursor start = Cursor.after(log, after);
    subscribers.add(new Subscriber(EventFilter.ALL, start, new Outbox(outlet)));
  }

  private void turns(int times) {
    IntStream.range(0, times).forEach(any -> reader.turn());
  }

  private static List<String> numbers(int first, int last) {
    return LongStream.rangeClosed(first, last).mapToObj(Long::toString).toList();
  }
}
