package io.carillon.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. */
@QuarkusMain
public final class Carillon {

  /**
   * The framework would answer a malformed URI with an empty 400, before any handler of the
   * service; {@code api.problem.MalformedRequests} checks it instead. It can be told by a property
   * of the JVM only, read when its classes are loaded.
   */
  private static final String NO_URI_CHECK_BY_THE_FRAMEWORK = "vertx.disableURIValidation";

  Carillon() {}

  public static void main(String... args) {
    System.setProperty(NO_URI_CHECK_BY_THE_FRAMEWORK, "true");
    Quarkus.run(args);
  }
}
