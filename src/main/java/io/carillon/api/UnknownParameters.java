package io.carillon.api;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Quoted;
import io.carillon.api.problem.ErrorDocument;
import io.carillon.api.problem.Problems;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Refuses query parameters that an operation does not have, repeated ones that it has once, and
 * those without a value: a filter that is misspelt or empty must not answer, or delete, more than
 * was meant.
 */
@Provider
public final class UnknownParameters implements ContainerRequestFilter {

  @Context ResourceInfo resource;

  /** Asked for the query as it was sent; the URI of a request without Host cannot be told. */
  @Context HttpServerRequest http;

  @Override
  public void filter(ContainerRequestContext request) {
    String query = http.query();
    if (query == null) {
      return;
    }
    Map<String, List<String>> given = request.getUriInfo().getQueryParameters();
    Map<String, Boolean> known = parameters(resource.getResourceMethod());
    List<ErrorDocument> errors = new ArrayList<>();
    new TreeSet<>(given.keySet())
        .stream()
            .filter(name -> !isAllowed(name, given.get(name).size(), known))
            .map(name -> error(name, known))
            .forEach(errors::add);
    namesWithoutValue(query).stream()
        .filter(known::containsKey)
        .map(name -> ErrorDocument.ofParameter(name, Codes.EMPTY, name + " must not be empty."))
        .forEach(errors::add);
    if (!errors.isEmpty()) {
      throw Problems.invalidParameters(errors);
    }
  }

  /**
   * The framework leaves out parameters without a value. An empty page token is one that a client
   * sends which has none yet.
   */
  private static Set<String> namesWithoutValue(String query) {
    return Arrays.stream(query.split("[&;]"))
        .map(parameter -> parameter.split("=", 2))
        .filter(parameter -> parameter.length == 1 || parameter[1].isEmpty())
        .map(parameter -> URLDecoder.decode(parameter[0], StandardCharsets.UTF_8))
        .filter(name -> !name.equals("pageToken"))
        .collect(Collectors.toCollection(TreeSet::new));
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
      add(parameter, parameter.getType(), names);
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (Field field : parameter.getType().getDeclaredFields()) {
          add(field, field.getType(), names);
        }
      }
    }
    return names;
  }

  private static void add(AnnotatedElement element, Class<?> type, Map<String, Boolean> names) {
    Arrays.stream(element.getAnnotationsByType(QueryParam.class))
        .forEach(query -> names.put(query.value(), type == List.class));
  }
}
