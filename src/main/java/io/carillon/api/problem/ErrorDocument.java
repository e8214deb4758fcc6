package io.carillon.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.api.json.Document;
import io.carillon.api.json.Violation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One fault in a request, as it is written in JSON. */
@Schema(name = "Error", description = "One fault in the request.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorDocument(
    @Schema(description = "Where in the body.", examples = "#/schedule/every") String pointer,
    @Schema(description = "Which parameter, where the fault is not in the body.") String parameter,
    @Schema(required = true) String detail,
    @Schema(required = true, description = "For programs.", examples = "out-of-range") String code)
    implements Document {

  static ErrorDocument of(Violation violation) {
    return new ErrorDocument(
        violation.pointer().text(), null, violation.detail(), violation.code());
  }

  public static ErrorDocument ofParameter(String parameter, String code, String detail) {
    return new ErrorDocument(null, parameter, detail, code);
  }
}
