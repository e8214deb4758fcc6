package io.carillon.api;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Json;
import io.carillon.api.json.Json.Arr;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.Json.Str;
import io.carillon.api.json.JsonSize;
import io.carillon.api.json.JsonText;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import java.util.Collection;

/** What callers may hand over for their webhooks: any JSON, within bounds. */
public final class Payloads {

  private static final int MOST_BYTES = 256 * 1024;

  /**
   * A batch, the deepest document that holds such a value, leaves it so many of the levels that are
   * read.
   */
  private static final int DEEPEST = 60;

  private Payloads() {}

  /** What is sent of a value: a string itself, anything else as the text of its JSON. */
  public static String text(Json value) {
    return value instanceof Str string ? string.value() : JsonText.of(value);
  }

  /** Adds to {@code found} why a value cannot be sent; null is what is absent. */
  public static void check(Json value, Pointer at, Violations found) {
    if (value == null) {
      return;
    }
    if (isDeeper(value, DEEPEST)) {
      String detail = "lists and objects nest deeper than " + DEEPEST + " levels";
      found.addIfNew(Violation.ofValue(at, Codes.TOO_DEEP, detail));
    } else if (JsonSize.utf8(text(value)) > MOST_BYTES) {
      String detail = "longer than " + MOST_BYTES + " bytes in UTF-8";
      found.addIfNew(Violation.ofValue(at, Codes.TOO_LONG, detail));
    }
  }

  private static boolean isDeeper(Json value, int levels) {
    if (value instanceof Obj object) {
      return areDeeper(object.members().values(), levels);
    }
    return value instanceof Arr array && areDeeper(array.items(), levels);
  }

  private static boolean areDeeper(Collection<Json> values, int levels) {
    return levels == 0 || values.stream().anyMatch(value -> isDeeper(value, levels - 1));
  }
}
