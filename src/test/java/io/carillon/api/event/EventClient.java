package io.carillon.api.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A client of server-sent events that reads all the time and keeps what it gets. */
final class EventClient implements AutoCloseable {

  private final HttpResponse<InputStream> response;
  private final StringBuffer text = new StringBuffer();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Optional<IOException> brokenBy = Optional.empty();

  private EventClient(HttpResponse<InputStream> response) {
    this.response = response;
    Thread reading = new Thread(this::read, "event-client");
    reading.setDaemon(true);
    reading.start();
  }

  static EventClient follow(URI uri, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return new EventClient(
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    char[] part = new char[8192];
    try (Reader reader = new InputStreamReader(response.body(), StandardCharsets.UTF_8)) {
      for (int n = reader.read(part); n >= 0; n = reader.read(part)) {
        text.append(part, 0, n);
      }
    } catch (IOException e) {
      brokenBy = Optional.of(e);
    }
    ended.countDown();
  }

  HttpResponse<?> response() {
    return response;
  }

  String text() {
    return text.toString();
  }

  /** The events that came whole. */
  List<Frame> events() {
    return Frame.eventsIn(text());
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** Why the stream ended, if it was not completed. */
  Optional<IOException> brokenBy() {
    return brokenBy;
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One event, as a browser would see it. */
  record Frame(String id, String event, String data) {

    /** The events in a stream; what has no data is none, and neither is an incomplete last one. */
    static List<Frame> eventsIn(String stream) {
      String whole = stream.substring(0, stream.lastIndexOf("\n\n") + 1);
      return List.of(whole.split("\n\n")).stream()
          .filter(frame -> frame.contains("\ndata: "))
          .map(frame -> new Frame(value(frame, "id"), value(frame, "event"), value(frame, "data")))
          .toList();
    }

    private static String value(String frame, String field) {
      return frame
          .lines()
          .filter(line -> line.startsWith(field + ": "))
          .map(line -> line.substring(field.length() + 2))
          .findFirst()
          .orElse("");
    }
  }
}
