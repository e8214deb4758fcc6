package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class CivilTest {

  @Test
  void everyMonthFromYearZeroTo10000IsThatOfTheIsoCalendar() {
    for (long month = 0; month <= 10_000 * 12; month++) {
      // Given
      YearMonth expected = YearMonth.of((int) (month / 12), (int) (month % 12) + 1);
      LocalDate first = expected.atDay(1);

      // When
      long firstDay = Civil.firstDayOf(month);

      // Then
      assertThat(firstDay).isEqualTo(first.toEpochDay());
      assertThat(Civil.lengthOf(month)).isEqualTo(expected.lengthOfMonth());
      assertThat(Civil.monthOf(firstDay)).isEqualTo(month);
      assertThat(Civil.monthOf(firstDay - 1)).isEqualTo(month - 1);
      assertThat(Civil.weekdayOf(firstDay)).isEqualTo(first.getDayOfWeek().getValue() % 7);
    }
  }
}
