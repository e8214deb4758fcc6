package io.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.json.Json;
import io.carillon.api.json.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestFingerprintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"b\":2}; {\"b\":2,\"a\":1}",
        "{\"a\":1}; { \"a\" :\t1 }",
        "{\"a\":{\"b\":[{\"c\":1,\"d\":2}]}}; {\"a\":{\"b\":[{\"d\":2,\"c\":1}]}}",
        "{\"a\":\"\\u0061/\"}; {\"a\":\"a\\/\"}"
      })
  void theOrderOfMembersAndWhiteSpaceMakeNoDifference(String one, String other) {
    assertThat(of(one)).isEqualTo(of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"a\":1}; {\"a\":2}",
        "{\"a\":1}; {\"a\":1.0}",
        "{\"a\":1}; {\"a\":\"1\"}",
        "{\"a\":[1,2]}; {\"a\":[2,1]}",
        "{\"a\":null}; {}",
        "{\"a\":\" b\"}; {\"a\":\"b\"}",
        "{\"a\":{\"b\":1}}; {\"a\":{},\"b\":1}"
      })
  void everythingElseDoes(String one, String other) {
    assertThat(of(one)).isNotEqualTo(of(other));
  }

  @Test
  void theSameBodyForSomethingElseIsAnotherRequest() {
    assertThat(RequestFingerprint.of("run bells", Json.Obj.EMPTY))
        .isNotEqualTo(RequestFingerprint.of("run gongs", Json.Obj.EMPTY));
  }

  @Test
  void noBodyIsAnotherThanAnEmptyObject() {
    assertThat(RequestFingerprint.of("run bells", Json.Nothing.REMOVED))
        .isNotEqualTo(RequestFingerprint.of("run bells", Json.Obj.EMPTY));
  }

  private static String of(String body) {
    return RequestFingerprint.of("create", JsonReader.read(body));
  }
}
