package io.carillon.api.problem;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which methods a path has, for the header {@code Allow} of the answer to {@code OPTIONS} and of a
 * 405, which must carry it (RFC 9110, 15.5.6).
 */
@Singleton
public class AllowedMethods {

  /**
   * @param fixed how many characters of its path are not the caller's to choose
   */
  private record Operation(String method, Pattern path, int fixed) {
    static Operation of(String method, String template) {
      return new Operation(
          method,
          Pattern.compile(PARAMETER.matcher(template).replaceAll("[^/]+") + "/?"),
          PARAMETER.matcher(template).replaceAll("").length());
    }
  }

  private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");

  private final List<Operation> operations;

  AllowedMethods(BeanManager beans) {
    this.operations =
        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
            .map(Bean::getBeanClass)
            .filter(type -> type.isAnnotationPresent(Path.class))
            .distinct()
            .flatMap(AllowedMethods::operations)
            .toList();
  }

  /** In the form of the header; empty for a path that there is not. */
  public String of(String path) {
    List<Operation> matching =
        operations.stream().filter(operation -> operation.path.matcher(path).matches()).toList();
    // As the framework chooses: of two paths that match, the one that leaves less open.
    int most = matching.stream().mapToInt(Operation::fixed).max().orElse(0);
    Set<String> methods =
        matching.stream()
            .filter(operation -> operation.fixed == most)
            .map(Operation::method)
            .collect(Collectors.toCollection(TreeSet::new));
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    if (!methods.isEmpty()) {
      methods.add(HttpMethod.OPTIONS);
    }
    return String.join(", ", methods);
  }

  private static Stream<Operation> operations(Class<?> resource) {
    return Arrays.stream(resource.getDeclaredMethods())
        .flatMap(
            method ->
                httpMethod(method).map(verb -> Operation.of(verb, template(resource, method))));
  }

  private static Stream<String> httpMethod(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(type -> type.getAnnotation(HttpMethod.class).value());
  }

  private static String template(Class<?> resource, Method method) {
    Path own = method.getAnnotation(Path.class);
    return resource.getAnnotation(Path.class).value() + (own == null ? "" : own.value());
  }
}
