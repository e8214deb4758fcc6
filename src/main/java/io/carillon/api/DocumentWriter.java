package io.carillon.api;

import io.carillon.api.json.Document;
import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes the records of the API as bodies. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public final class DocumentWriter implements ServerMessageBodyWriter<Document> {

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo method, MediaType mediaType) {
    return Document.class.isAssignableFrom(type);
  }

  /** At once, and not through a stream of small buffers each of which waits for the one before. */
  @Override
  public void writeResponse(Document document, Type genericType, ServerRequestContext context) {
    context.serverResponse().end(bytes(document));
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return Document.class.isAssignableFrom(type);
  }

  @Override
  public void writeTo(
      Document document,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream body)
      throws IOException {
    body.write(bytes(document));
  }

  private static byte[] bytes(Document document) {
    return JsonText.of(Rendering.of((Record) document)).getBytes(StandardCharsets.UTF_8);
  }
}
