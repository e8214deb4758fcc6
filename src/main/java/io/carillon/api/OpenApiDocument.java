package io.carillon.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Discriminator;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Tells the OpenAPI document what annotations cannot say, or would have to say again and again. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class OpenApiDocument implements OASFilter {

  private static final String COMPONENT = "#/components/schemas/";

  @Override
  public Schema filterSchema(Schema schema) {
    if ("local-time".equals(schema.getFormat())) {
      // Not what RFC 3339 calls partial-time: seconds may be missing, and nothing is finer.
      return OASFactory.createSchema()
          .addType(Schema.SchemaType.STRING)
          .pattern("\\d\\d:\\d\\d(:\\d\\d)?")
          .addExample("09:00");
    }
    if ("duration".equals(schema.getFormat())) {
      schema.setDescription(
          "ISO 8601 in weeks, days, hours, minutes and seconds, a fraction on the smallest unit"
              + " given, exact to the millisecond; no sign, no years and no months.");
    }
    if (schema.getEnumeration() != null) {
      schema.setEnumeration(
          schema.getEnumeration().stream().map(OpenApiDocument::spelling).toList());
    }
    return schema;
  }

  /** As enums are spelt in JSON: lower-case words joined by hyphens. */
  private static Object spelling(Object constant) {
    String name = constant.toString();
    return name.equals(name.toUpperCase(Locale.ROOT))
        ? name.toLowerCase(Locale.ROOT).replace('_', '-')
        : name;
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Map<String, Schema> schemas = new LinkedHashMap<>(document.getComponents().getSchemas());
    schemas.values().stream()
        .map(Schema::getDiscriminator)
        .filter(discriminator -> discriminator != null && discriminator.getMapping() != null)
        .forEach(discriminator -> tellKinds(discriminator, schemas));
    schemas.put("Json", OASFactory.createSchema().description("Any JSON value."));
    document.getComponents().setSchemas(schemas);
    document.getPaths().getPathItems().forEach(OpenApiDocument::tellProblems);
  }

  /** Each kind has the member by which it is told apart. */
  private static void tellKinds(Discriminator discriminator, Map<String, Schema> schemas) {
    discriminator
        .getMapping()
        .forEach(
            (kind, reference) -> {
              Schema type =
                  OASFactory.createSchema()
                      .addType(Schema.SchemaType.STRING)
                      .enumeration(List.of(kind));
              Schema schema = schemas.get(reference.replace(COMPONENT, ""));
              schema.addProperty(discriminator.getPropertyName(), type);
              List<String> required = new ArrayList<>(List.of(discriminator.getPropertyName()));
              required.addAll(schema.getRequired() == null ? List.of() : schema.getRequired());
              schema.setRequired(required);
            });
  }

  private static void tellProblems(String path, PathItem item) {
    item.getOperations().values().forEach(operation -> tellProblems(path, operation));
  }

  private static void tellProblems(String path, Operation operation) {
    Map<String, String> problems = new TreeMap<>();
    if (operation.getParameters() != null || operation.getRequestBody() != null) {
      problems.put("400", "A parameter or the form of the body is malformed.");
    }
    if (path.contains("{")) {
      problems.put("404", "The resource does not exist.");
    }
    if (operation.getRequestBody() != null) {
      problems.put("413", "The body is too large.");
      problems.put("415", "The media type of the body is not JSON, or the body is compressed.");
      problems.put("422", "The body has the right form, but holds impossible values.");
    }
    if (takesPrecondition(operation)) {
      problems.put("412", "The ETag does not match, or the job exists.");
    }
    if (path.startsWith("/v1/")) {
      problems.put(
          "503",
          "Redis does not answer, or takes nothing new; repeat the request after Retry-After.");
    }
    problems.forEach(
        (status, description) ->
            operation.getResponses().addAPIResponse(status, problem(description)));
    operation.getResponses().getAPIResponses().entrySet().stream()
        .filter(response -> response.getKey().startsWith("4"))
        .filter(response -> response.getValue().getContent() == null)
        .forEach(response -> response.getValue().setContent(problem("").getContent()));
  }

  private static boolean takesPrecondition(Operation operation) {
    return operation.getParameters() != null
        && operation.getParameters().stream().map(Parameter::getName).anyMatch("If-Match"::equals);
  }

  private static APIResponse problem(String description) {
    return OASFactory.createAPIResponse()
        .description(description)
        .content(
            OASFactory.createContent()
                .addMediaType(
                    "application/problem+json",
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref(COMPONENT + "Problem"))));
  }
}
