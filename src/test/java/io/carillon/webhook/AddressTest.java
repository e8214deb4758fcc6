package io.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.job.Endpoint;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://example.com, /",
    "http://example.com/a/b?c=d%20e#f, /a/b?c=d%20e",
    "http://example.com?x, /?x",
    "http://my_service:8080/a, /a",
    "http://example.com/größe?ä=ö, /gr%C3%B6%C3%9Fe?%C3%A4=%C3%B6"
  })
  void aPathIsReadAsBrowsersReadIt(URI url, String path) {
    assertThat(Address.of(url)).isEqualTo(new Address(Endpoint.of(url), path));
  }
}
