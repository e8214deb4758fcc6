package io.carillon.api.problem;

import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.MalformedJson;
import io.carillon.engine.StoreUnavailable;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/** Turns the exceptions that are expected into answers. */
public final class ExpectedExceptions {

  private static final Logger LOG = Logger.getLogger(ExpectedExceptions.class);

  private ExpectedExceptions() {}

  /** A document that is not what was asked for. */
  @Provider
  public static final class OfDocuments extends ExceptionMapperBase<InvalidDocument> {
    @Override
    protected HttpProblem toProblem(InvalidDocument exception) {
      return Problems.of(exception).orElseThrow();
    }
  }

  /** A body that is no JSON. */
  @Provider
  public static final class OfJson extends ExceptionMapperBase<MalformedJson> {
    @Override
    protected HttpProblem toProblem(MalformedJson exception) {
      return Problems.of(exception).orElseThrow();
    }
  }

  /** A store out of reach. */
  @Provider
  public static final class OfTheStore extends ExceptionMapperBase<StoreUnavailable> {
    @Override
    protected HttpProblem toProblem(StoreUnavailable exception) {
      // Silence is told once by whoever keeps the connection; a refusal is told here or nowhere.
      if (exception.refused()) {
        LOG.error("request refused by the store", exception);
      }
      return Problems.of(exception).orElseThrow();
    }
  }
}
