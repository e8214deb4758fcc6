package io.carillon.process.faults;

import static java.util.stream.Collectors.groupingBy;

import io.carillon.bench.Percentiles;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the trials have shown, a line for each fault, as Markdown. */
final class FaultTable {

  private static final String HEAD =
      """
      | fault | victim | times | fires | lost | ids per occurrence | doubles | gap p50 | p99 | max | recovery max |
      |---|---|---|---|---|---|---|---|---|---|---|
      """;

  private final List<Account> accounts;

  FaultTable(List<Account> accounts) {
    this.accounts = accounts;
  }

  @Override
  public String toString() {
    return HEAD
        + accounts.stream()
            .collect(
                groupingBy(
                    account -> account.trial().fault().toString(),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .values()
            .stream()
            .map(FaultTable::line)
            .collect(Collectors.joining());
  }

  private static String line(List<Account> accounts) {
    Fault fault = accounts.get(0).trial().fault();
    Percentiles gaps = times(accounts, Account::gap);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %,d | %d | %d | %d | %.2f s | %.2f s | %.2f s | %.2f s |%n",
        fault.what(),
        fault.victim(),
        accounts.size(),
        accounts.stream().mapToInt(Account::fires).sum(),
        accounts.stream().mapToInt(account -> account.lost().size()).sum(),
        accounts.stream().mapToLong(Account::namesPerOccurrence).max().orElse(0),
        accounts.stream().mapToInt(Account::doubles).sum(),
        gaps.millis(50) / 1000,
        gaps.millis(99) / 1000,
        gaps.millis(100) / 1000,
        times(accounts, Account::recovery).millis(100) / 1000);
  }

  private static Percentiles times(List<Account> accounts, Function<Account, Duration> time) {
    return new Percentiles(
        accounts.stream().map(time).mapToLong(one -> one.toNanos() / 1000).toArray());
  }
}
