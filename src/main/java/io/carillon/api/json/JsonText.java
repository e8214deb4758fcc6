package io.carillon.api.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.carillon.api.json.Json.Arr;
import io.carillon.api.json.Json.Bool;
import io.carillon.api.json.Json.Num;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.Json.Str;

/** Writes JSON values as text, on one line and without blanks. */
public final class JsonText {

  private JsonText() {}

  public static String of(Json value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(Json value, StringBuilder text) {
    if (value instanceof Obj object) {
      writeObject(object, text);
    } else if (value instanceof Arr array) {
      writeArray(array, text);
    } else if (value instanceof Str string) {
      writeString(string.value(), text);
    } else if (value instanceof Num number) {
      text.append(number.digits());
    } else if (value instanceof Bool bool) {
      text.append(bool.value());
    } else {
      text.append("null");
    }
  }

  private static void writeObject(Obj object, StringBuilder text) {
    text.append('{');
    int begin = text.length();
    object
        .members()
        .forEach(
            (name, value) -> {
              text.append(text.length() == begin ? "" : ",");
              writeString(name, text);
              text.append(':');
              write(value, text);
            });
    text.append('}');
  }

  private static void writeArray(Arr array, StringBuilder text) {
    String separator = "[";
    for (Json item : array.items()) {
      text.append(separator);
      write(item, text);
      separator = ",";
    }
    text.append(array.items().isEmpty() ? "[]" : "]");
  }

  private static void writeString(String value, StringBuilder text) {
    text.append('"');
    if (needsNoEscape(value)) {
      text.append(value);
    } else {
      JsonStringEncoder.getInstance().quoteAsString(value, text);
    }
    text.append('"');
  }

  /** As of most strings: looking is faster than encoding. */
  private static boolean needsNoEscape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
