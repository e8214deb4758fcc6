package io.carillon.api.problem;

import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.MalformedJson;
import io.carillon.engine.StoreUnavailable;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.ext.Provider;

/** Turns the exceptions that are expected into answers. */
public final class ExpectedExceptions {

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
      return Problems.of(exception).orElseThrow();
    }
  }
}
