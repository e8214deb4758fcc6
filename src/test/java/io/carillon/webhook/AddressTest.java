package io.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://example.com, false, example.com, 80, /",
    "https://example.com/a/b?c=d%20e#f, true, example.com, 443, /a/b?c=d%20e",
    "HTTPS://example.com:8443?x, true, example.com, 8443, /?x",
    "http://[::1]:8080/a, false, [::1], 8080, /a",
    "http://my_service:8080/a, false, my_service, 8080, /a",
    "http://my_service/, false, my_service, 80, /",
    "http://bücher.example/größe?ä=ö, false, xn--bcher-kva.example, 80, /gr%C3%B6%C3%9Fe?%C3%A4=%C3%B6"
  })
  void aUrlIsReadAsBrowsersReadIt(URI url, boolean encrypted, String host, int port, String path) {
    assertThat(Address.of(url)).isEqualTo(new Address(encrypted, host, port, path));
  }
}
