package io.carillon.redis.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisVersionTest {

  @ParameterizedTest
  @CsvSource({
    "Redis server v=6.2.11 sha=00000000:0 malloc=jemalloc-5.1.0 bits=64, 6.2.11",
    "Valkey server v=8.0.1 sha=00000000:0 malloc=libc bits=64, 8.0.1",
    "Redis server v=255.255.255 sha=0, 255.255.255"
  })
  void isReadFromWhatTheBinaryPrints(String output, String version) {
    // When / Then
    assertThat(RedisVersion.printedIn(output)).hasToString("Optional[" + version + "]");
  }

  @Test
  void isNotReadFromOtherOutput() {
    // When / Then
    assertThat(RedisVersion.printedIn("bash, version 5.2.15")).isEmpty();
  }

  @Test
  void isOrderedByNumbersNotByDigits() {
    // When / Then
    assertThat(new RedisVersion(6, 10, 0)).isGreaterThan(new RedisVersion(6, 9, 9));
    assertThat(new RedisVersion(6, 2, 0).isBefore(new RedisVersion(6, 2, 0))).isFalse();
  }
}
