package io.carillon.api;

import io.carillon.api.json.Json;
import io.carillon.api.json.JsonReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads bodies as JSON, up to a size; an empty one is {@link Json.Nothing}. */
@Provider
@Consumes({MediaType.APPLICATION_JSON, JsonBodyReader.MERGE_PATCH})
public final class JsonBodyReader implements MessageBodyReader<Json> {

  /** RFC 7396. */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  /** The text of the usual document, in which a letter may be written with six. */
  private static final int LONGEST_TEXT = 8 << 20;

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
    int limit = limit(annotations);
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

  private static int limit(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation instanceof MaxBytes maxBytes) {
        return maxBytes.value();
      }
    }
    return DocumentSize.USUAL;
  }
}
