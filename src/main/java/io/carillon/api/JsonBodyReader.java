package io.carillon.api;

import io.carillon.api.json.Json;
import io.carillon.api.json.JsonReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reads bodies as JSON, up to a size; an empty one is {@link Json.Nothing}. */
@Provider
@Consumes({MediaType.APPLICATION_JSON, JsonBodyReader.MERGE_PATCH})
public final class JsonBodyReader implements ServerMessageBodyReader<Json> {

  /** RFC 7396. */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  /** The text of the usual document, in which a letter may be written with six. */
  private static final int LONGEST_TEXT = 8 << 20;

  /** Looked up once: the framework would parse all annotations of a method for each request. */
  private final Map<Method, Integer> limits = new ConcurrentHashMap<>();

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo method, MediaType mediaType) {
    return type == Json.class;
  }

  @Override
  public Json readFrom(
      Class<Json> type, Type genericType, MediaType mediaType, ServerRequestContext context)
      throws IOException {
    Method method = context.getResteasyReactiveResourceInfo().getMethod();
    return read(context.getInputStream(), limits.computeIfAbsent(method, JsonBodyReader::limit));
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == Json.class;
  }

  @Override
  public Json readFrom(
      Class<Json> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return read(body, limit(annotations).orElse(DocumentSize.USUAL));
  }

  private static Json read(InputStream body, int limit) throws IOException {
    int longest = Math.max(limit, LONGEST_TEXT);
    byte[] bytes = body.readNBytes(longest + 1);
    if (bytes.length > longest) {
      throw DocumentSize.tooLarge(limit);
    }
    Json document = bytes.length == 0 ? Json.Nothing.REMOVED : JsonReader.read(bytes);
    // No spelling is shorter than what it is counted as.
    if (bytes.length > limit) {
      DocumentSize.check(document, limit);
    }
    return document;
  }

  private static int limit(Method method) {
    return Arrays.stream(method.getParameterAnnotations())
        .map(JsonBodyReader::limit)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(DocumentSize.USUAL);
  }

  private static Optional<Integer> limit(Annotation[] annotations) {
    return Arrays.stream(annotations)
        .filter(MaxBytes.class::isInstance)
        .map(annotation -> ((MaxBytes) annotation).value())
        .findFirst();
  }
}
