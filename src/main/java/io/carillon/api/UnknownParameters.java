package io.carillon.api;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Quoted;
import io.carillon.api.problem.ErrorDocument;
import io.carillon.api.problem.Problems;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Refuses query parameters that an operation does not have, and repeated ones that it has once: a
 * misspelt filter must not answer, or delete, more than was meant.
 */
@Provider
public final class UnknownParameters implements ContainerRequestFilter {

  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Map<String, List<String>> given = request.getUriInfo().getQueryParameters();
    if (given.isEmpty()) {
      return;
    }
    Map<String, Boolean> known = parameters(resource.getResourceMethod());
    List<ErrorDocument> errors =
        new TreeSet<>(given.keySet())
            .stream()
                .filter(name -> !isAllowed(name, given.get(name).size(), known))
                .map(name -> error(name, known))
                .toList();
    if (!errors.isEmpty()) {
      throw Problems.invalidParameters(errors);
    }
  }

  private static boolean isAllowed(String name, int times, Map<String, Boolean> known) {
    return known.containsKey(name) && (times == 1 || known.get(name));
  }

  private static ErrorDocument error(String name, Map<String, Boolean> known) {
    if (known.containsKey(name)) {
      return ErrorDocument.ofParameter(
          name, Codes.TOO_MANY, "The parameter " + name + " must not be repeated.");
    }
    String there =
        known.isEmpty()
            ? "it has none"
            : "it has " + String.join(", ", new TreeSet<>(known.keySet()));
    return ErrorDocument.ofParameter(
        name, Codes.UNKNOWN, Quoted.of(name) + " is not a parameter of this path; " + there + ".");
  }

  /** Each parameter's name, and whether it may be repeated. */
  private static Map<String, Boolean> parameters(Method method) {
    Map<String, Boolean> names = new HashMap<>();
    for (Parameter parameter : method.getParameters()) {
      Arrays.stream(parameter.getAnnotationsByType(QueryParam.class))
          .forEach(query -> names.put(query.value(), parameter.getType() == List.class));
    }
    return names;
  }
}
