package io.carillon.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The receiver, in a process of its own. */
final class ReceiverProcess implements AutoCloseable {

  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;
  private final int port;

  private ReceiverProcess(Process process) throws IOException {
    this.process = process;
    this.questions =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
    this.answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    this.port = Integer.parseInt(answers.readLine());
  }

  static ReceiverProcess start() throws IOException {
    return new ReceiverProcess(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-XX:+UseSerialGC",
                    "-cp",
                    ownClasses().toString(),
                    ReceiverMain.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/hook");
  }

  long pid() {
    return process.pid();
  }

  long count() throws IOException {
    ask("count");
    return Long.parseLong(answers.readLine());
  }

  void arrivals(Consumer<String> lines) throws IOException {
    ask("arrivals");
    for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
      lines.accept(line);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  private void ask(String question) throws IOException {
    questions.write(question);
    questions.newLine();
    questions.flush();
  }

  /** The receiver needs nothing but the JDK and the classes of this package. */
  private static Path ownClasses() {
    try {
      return Path.of(
          ReceiverMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
