package io.carillon.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "http://example.com, false, example.com, 80",
    "HTTPS://Example.com:8443?x, true, Example.com, 8443",
    "http://example.com.:080/, false, example.com., 80",
    "http://example.com:/, false, example.com, 80",
    "http://localhost/, false, localhost, 80",
    "http://billing_api:8080/, false, billing_api, 8080",
    "http://_stack_billing-api.1.tasks_/, false, _stack_billing-api.1.tasks_, 80",
    "http://3com.example/, false, 3com.example, 80",
    "http://1.0x.example/, false, 1.0x.example, 80",
    "http://xn--bcher-kva.example/, false, xn--bcher-kva.example, 80",
    "http://127.0.0.1:65535/, false, 127.0.0.1, 65535",
    "http://255.250.199.0/, false, 255.250.199.0, 80",
    "https://[::1]:8080/a, true, [::1], 8080",
    "http://[::ffff:192.0.2.1]/, false, [::ffff:192.0.2.1], 80"
  })
  void aUrlNamesItsReceiver(URI url, boolean encrypted, String host, int port) {
    assertThat(Endpoint.of(url)).isEqualTo(new Endpoint(encrypted, host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0X7F000001",
        "0x",
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "0x7f.1",
        "0x7f.0.0.1",
        "127.0.0.01",
        "127.0.0.1.",
        "127.0.0.256",
        "1.127.0.0.1",
        "example.1",
        "example.0xa.",
        "[::ffff:0177.0.0.1]",
        "[::ffff:127.0.0.01]"
      })
  void anAddressInAnOddSpellingIsRefusedWithAWordOnTheUsualOne(String host) {
    assertThat(refused("http://" + host + ":8080/")).hasMessageContaining("192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"b\u00fccher.example", "fa\u00df.de", "\uff11\uff12\uff17.1"})
  void anInternationalNameIsRefusedWithAWordOnItsOtherForm(String host) {
    assertThat(refused("http://" + host + "/")).hasMessageContaining("xn--");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mailto:a@example.com",
        "ftp://example.com/",
        "/hook",
        "http:///hook",
        "http://user@example.com/",
        "http://user:word@billing_api/",
        "http://-a.example/",
        "http://a-.example/",
        "http://a..example/",
        "http://.example/",
        "http://%31%32%37.1/",
        "http://a$b/",
        "http://billing_api:80x/",
        "http://billing_api:80:80/",
        "http://:80/"
      })
  void whatNamesNoReceiverIsMalformed(String url) {
    assertThat(refused(url).code()).isEqualTo("malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a:0", "a:65536", "billing_api:0", "billing_api:99999999999", "[::1]:65536"})
  void aPortIsWithinItsRange(String authority) {
    assertThat(refused("http://" + authority + "/").code()).isEqualTo("out-of-range");
  }

  @ParameterizedTest
  @CsvSource({"63, true", "64, false"})
  void aLabelIsNoLongerThanTheDomainNameSystemAllows(int length, boolean allowed) {
    URI url = URI.create("http://" + "a".repeat(length) + ".example/");
    assertThat(catchThrowableOfType(InvalidUrl.class, () -> Endpoint.of(url)) == null)
        .isEqualTo(allowed);
  }

  private static InvalidUrl refused(String url) {
    InvalidUrl why = catchThrowableOfType(InvalidUrl.class, () -> Endpoint.of(URI.create(url)));
    assertThat(why).as(url).isNotNull();
    return why;
  }
}
