package io.carillon.api;

import io.carillon.api.json.Document;
import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Writes the records of the API as bodies. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public final class DocumentWriter implements MessageBodyWriter<Document> {

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
    String text = JsonText.of(Rendering.of((Record) document));
    body.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
