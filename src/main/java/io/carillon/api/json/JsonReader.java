package io.carillon.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.carillon.api.json.Json.Arr;
import io.carillon.api.json.Json.Bool;
import io.carillon.api.json.Json.Nothing;
import io.carillon.api.json.Json.Num;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.Json.Str;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads JSON text (RFC 8259, UTF-8) whole, noting repeated members instead of stopping at them. */
public final class JsonReader {

  /** Nobody nests deeper by hand; what follows may recurse without fear for the stack. */
  private static final int DEEPEST = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(1_000)
                  .build())
          .build();

  private JsonReader() {}

  /**
   * @throws MalformedJson when the bytes are not exactly one JSON value in UTF-8
   */
  public static Json read(byte[] utf8) {
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new MalformedJson("The text is not UTF-8.");
    }
  }

  /**
   * @throws MalformedJson when the text is not exactly one JSON value
   */
  public static Json read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new MalformedJson("The text is empty.");
      }
      Json value = value(parser);
      if (parser.nextToken() != null) {
        throw malformed("Something follows the end of the value", parser);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen when reading from memory", e);
    }
  }

  private static Json value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new Str(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getText());
      case VALUE_TRUE -> new Bool(true);
      case VALUE_FALSE -> new Bool(false);
      case VALUE_NULL -> Nothing.NULL;
      default -> throw malformed("A value was expected", parser);
    };
  }

  private static Obj object(JsonParser parser) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    Set<String> repeated = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (members.put(name, value(parser)) != null) {
        repeated.add(name);
      }
    }
    return new Obj(members, repeated);
  }

  private static Arr array(JsonParser parser) throws IOException {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Arr(items);
  }

  private static MalformedJson malformed(String what, JsonParser parser) {
    var at = parser.currentTokenLocation();
    return new MalformedJson(
        "%s (line %d, column %d).".formatted(what, at.getLineNr(), at.getColumnNr()));
  }

  private static MalformedJson malformed(JsonProcessingException e) {
    var at = e.getLocation();
    String what = e.getOriginalMessage().lines().findFirst().orElse("The text is not JSON");
    return new MalformedJson(
        at == null
            ? what
            : "%s (line %d, column %d).".formatted(what, at.getLineNr(), at.getColumnNr()));
  }
}
