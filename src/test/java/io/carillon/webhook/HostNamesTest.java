package io.carillon.webhook;

import static io.carillon.webhook.LoopbackCourier.CONTAINER;
import static io.carillon.webhook.LoopbackCourier.error;
import static io.carillon.webhook.LoopbackCourier.status;
import static io.carillon.webhook.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Courier.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostNamesTest {

  private final LoopbackCourier courier = new LoopbackCourier();

  @AfterEach
  void stop() {
    courier.close();
  }

  @Test
  void aNameWithAnUnderscoreReachesItsGuardAndItsTarget() throws Exception {
    // Given
    try (RawReceiver container =
        new RawReceiver(
            connection -> {
              connection.answer(RawReceiver.head(204));
              connection.answer(RawReceiver.OWN);
              connection.staySilent();
            })) {
      String url = "http://" + CONTAINER + ":" + container.port() + "/hook";

      // When
      Reply reply = courier.deliver(aRun().guardedBy(url).to(url));

      // Then
      assertThat(status(reply)).isEqualTo(202);
      assertThat(container.requests()).isEqualTo(2);
    }
  }

  /** As a definition may have it that is older than the rule about hosts. */
  @Test
  void nothingIsSentToANumberThatIsNoAddress() throws Exception {
    assertThat(error(courier.deliver(aRun().to("http://256.256.256.256.256/"))))
        .isEqualTo("unsendable");
  }
}
