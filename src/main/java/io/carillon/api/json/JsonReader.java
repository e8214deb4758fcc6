package io.carillon.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads JSON text (RFC 8259, UTF-8) whole, noting repeated members instead of stopping at them. */
public final class JsonReader {

  /** Nobody nests deeper by hand; what follows may recurse without fear for the stack. */
  static final int DEEPEST = 64;

  /** In one number: reading it takes time that grows faster than its length. */
  static final int MOST_DIGITS = 1_000;

  /** Of the name of a member, in characters. */
  static final int LONGEST_NAME = 50_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(MOST_DIGITS)
                  .maxNameLength(LONGEST_NAME)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonReader() {}

  /**
   * @throws MalformedJson when the bytes are not exactly one JSON value in UTF-8
   */
  public static Json read(byte[] utf8) {
    return read(Utf8.decode(utf8));
  }

  /**
   * @throws MalformedJson when the text is not exactly one JSON value
   */
  public static Json read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw malformed(text, parser.currentLocation());
      }
      Json value = value(parser);
      if (parser.nextToken() != null) {
        throw malformed(text, parser.currentLocation());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw malformed(text, e.getLocation());
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
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> new Bool(true);
      case VALUE_FALSE -> new Bool(false);
      case VALUE_NULL -> Nothing.NULL;
      default -> throw new IllegalStateException("no value begins with " + token);
    };
  }

  private static Num number(JsonParser parser) throws IOException {
    String number = parser.getText();
    // The parser's own limit leaves exponents out.
    if (number.chars().filter(c -> c >= '0' && c <= '9').count() > MOST_DIGITS) {
      throw new JsonParseException(parser, "too many digits");
    }
    return new Num(number);
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

  /** In the grammar's words; the parser's place serves where the two should ever disagree. */
  private static MalformedJson malformed(String text, JsonLocation at) {
    try {
      JsonGrammar.check(text);
    } catch (MalformedJson fault) {
      return fault;
    }
    return at == null
        ? new MalformedJson("The text is not JSON", 1, 1)
        : new MalformedJson("The text is not JSON", at.getLineNr(), at.getColumnNr());
  }
}
