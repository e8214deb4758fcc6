package io.carillon.api.json;

import io.carillon.api.json.Json.Arr;
import io.carillon.api.json.Json.Bool;
import io.carillon.api.json.Json.Num;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.Json.Str;
import java.util.Collection;

/**
 * How large JSON is, however it was written: the bytes of its text in UTF-8, without blanks, and
 * with each escaped character counted as the character that it stands for. So a value has the same
 * size in a request, in the store and in an answer.
 */
public final class JsonSize {

  private JsonSize() {}

  /** In bytes. */
  public static long of(Json value) {
    if (value instanceof Obj object) {
      long names = 0;
      for (String name : object.members().keySet()) {
        names += quoted(name) + 1;
      }
      return names + enclosed(object.members().values());
    } else if (value instanceof Arr array) {
      return enclosed(array.items());
    } else if (value instanceof Str string) {
      return quoted(string.value());
    } else if (value instanceof Num number) {
      return number.digits().length();
    }
    return value instanceof Bool bool && !bool.value() ? "false".length() : "null".length();
  }

  private static long enclosed(Collection<Json> values) {
    long size = 2L + Math.max(0, values.size() - 1);
    for (Json value : values) {
      size += of(value);
    }
    return size;
  }

  private static long quoted(String text) {
    return 2 + utf8(text);
  }

  /** How many bytes a text has in UTF-8. */
  public static long utf8(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      bytes += pair ? 4 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      i += pair ? 1 : 0;
    }
    return bytes;
  }
}
