package io.carillon.api.problem;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A page for each kind of problem, where its type points to. */
@Path("/problems")
@Tag(name = "Problems", description = "What the types of problems mean.")
public class ProblemPages {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>%1$s</title>
      <style>body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto }</style>
      <p>%2$d · %3$s</p>
      <h1>%1$s</h1>
      <p>%4$s</p>
      </html>
      """;

  @GET
  @Path("/{kind}")
  @Produces(MediaType.TEXT_HTML)
  @Operation(operationId = "explainProblem", summary = "Explain a kind of problem")
  public String explain(@Parameter(example = "not-found") @PathParam("kind") String word) {
    ProblemKind kind =
        ProblemKind.named(word)
            .orElseThrow(
                () -> ProblemKind.NOT_FOUND.problem("This kind of problem does not exist."));
    return PAGE.formatted(kind.title(), kind.status(), kind.word(), kind.meaning());
  }
}
