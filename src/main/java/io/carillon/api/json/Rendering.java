package io.carillon.api.json;

import io.carillon.api.json.Json.Arr;
import io.carillon.api.json.Json.Bool;
import io.carillon.api.json.Json.Nothing;
import io.carillon.api.json.Json.Num;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.Json.Str;
import io.carillon.api.json.Shape.Member;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Turns the records of the API into JSON; what is null or empty is left out. */
public final class Rendering {

  private Rendering() {}

  public static Obj of(Record document) {
    Map<String, Json> members = new LinkedHashMap<>();
    Shape shape = Shape.of(document.getClass());
    shape.kind().ifPresent(kind -> members.put("type", kind));
    for (Member member : shape.members()) {
      Json value = value(member.read(document));
      if (value instanceof Obj part && member.unwrapped()) {
        members.putAll(part.members());
      } else if (value != Nothing.NULL) {
        members.put(member.name(), value);
      }
    }
    return Obj.of(members);
  }

  /** Any value that a document or an event may hold. */
  public static Json value(Object value) {
    if (value == null) {
      return Nothing.NULL;
    } else if (value instanceof Json json) {
      return json;
    } else if (value instanceof Optional<?> optional) {
      return value(optional.orElse(null));
    } else if (value instanceof Record document) {
      return of(document);
    } else if (value instanceof Collection<?> items) {
      return new Arr(items.stream().map(Rendering::value).toList());
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Json> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put(name.toString(), value(member)));
      return Obj.of(members);
    } else if (value instanceof Boolean bool) {
      return new Bool(bool);
    } else if (value instanceof Double number) {
      return new Num(BigDecimal.valueOf(number).toPlainString());
    } else if (value instanceof Number number) {
      return new Num(number.toString());
    } else if (value instanceof Instant instant) {
      return new Str(Scalars.write(instant));
    } else if (value instanceof Enum<?> constant) {
      return new Str(Scalars.write(constant));
    }
    return new Str(value.toString());
  }
}
