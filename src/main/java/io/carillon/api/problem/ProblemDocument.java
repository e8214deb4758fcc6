package io.carillon.api.problem;

import io.carillon.api.json.Document;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A problem (RFC 9457), as it is written in JSON. */
@Schema(name = "Problem", description = "Why a request was not fulfilled (RFC 9457).")
public record ProblemDocument(
    @Schema(
            required = true,
            implementation = String.class,
            description = "The kind of problem; the URI of a page.",
            examples = "/problems/not-found")
        URI type,
    @Schema(required = true) String title,
    @Schema(required = true) Integer status,
    @Schema(required = true) String detail,
    @Schema(
            implementation = String.class,
            description = "The path that was asked for, as it was sent.")
        URI instance,
    @Schema(description = "Every single fault, where the request itself is at fault.")
        List<ErrorDocument> errors)
    implements Document {

  /** A problem as part of an answer. */
  @SuppressWarnings("unchecked")
  public static ProblemDocument of(HttpProblem problem) {
    return new ProblemDocument(
        problem.getType(),
        problem.getTitle(),
        problem.getStatusCode(),
        problem.getDetail(),
        problem.getInstance(),
        (List<ErrorDocument>) problem.getParameters().get("errors"));
  }
}
