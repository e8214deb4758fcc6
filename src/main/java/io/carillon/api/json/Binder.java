package io.carillon.api.json;

import io.carillon.api.json.Json.Arr;
import io.carillon.api.json.Json.Nothing;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.Json.Str;
import io.carillon.api.json.Shape.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns JSON into the records of the API and finds everything that is wrong on the way: unknown and
 * repeated members, wrong types, strings that cannot be read, unmet constraints. Nothing is
 * coerced.
 */
public final class Binder {

  private static final ClassValue<Map<String, Class<?>>> KINDS =
      new ClassValue<>() {
        @Override
        protected Map<String, Class<?>> computeValue(Class<?> sealed) {
          Map<String, Class<?>> kinds = new LinkedHashMap<>();
          for (Class<?> kind : sealed.getPermittedSubclasses()) {
            kinds.put(kind.getAnnotation(Kind.class).value(), kind);
          }
          return Collections.unmodifiableMap(kinds);
        }
      };

  private final Constraints constraints;

  public Binder(Constraints constraints) {
    this.constraints = constraints;
  }

  /**
   * @throws InvalidDocument with all that is wrong
   */
  public <T extends Record> T bind(Json json, Class<T> type) {
    Violations found = new Violations();
    T document = bind(json, type, Pointer.ROOT, found);
    found.throwIfAny();
    return document;
  }

  /**
   * Binds as far as possible: what is wrong is added to {@code found}, and is null in the record
   * that is returned, as is what was absent.
   */
  public <T extends Record> T bind(Json json, Class<T> type, Pointer at, Violations found) {
    if (json instanceof Obj object) {
      return type.cast(record(object, type, at, found, Set.of()));
    }
    found.add(SingleValues.wrongType(at, "an object", json));
    return type.cast(record(Obj.EMPTY, type, at, new Violations(), Set.of()));
  }

  private Object record(
      Obj object, Class<?> type, Pointer at, Violations found, Set<String> besides) {
    Shape shape = Shape.of(type);
    reportNames(object, shape.names(), besides, at, found);
    List<Object> values = new ArrayList<>();
    for (Member member : shape.members()) {
      String name = member.name();
      Pointer pointer = at.member(name);
      Object value = member(object, name, member.type(), pointer, found);
      if (!found.isKnown(pointer)) {
        constraints.checkMember(type.asSubclass(Record.class), name, value, pointer, found);
      }
      values.add(value);
    }
    Object document = shape.create(values);
    constraints.checkWhole(document, at, found);
    return document;
  }

  private Object member(Obj object, String name, Type type, Pointer at, Violations found) {
    Json json = object.members().getOrDefault(name, Nothing.REMOVED);
    boolean nullForAList = json == Nothing.NULL && raw(type) == List.class;
    return json instanceof Nothing && !nullForAList ? null : value(json, type, at, found);
  }

  private static void reportNames(
      Obj object, Set<String> known, Set<String> besides, Pointer at, Violations found) {
    for (String name : object.members().keySet()) {
      if (!known.contains(name) && !besides.contains(name)) {
        found.add(
            Violation.ofForm(
                at.member(name),
                Codes.UNKNOWN_MEMBER,
                "the member "
                    + Quoted.of(name)
                    + " is unknown; known are "
                    + String.join(", ", known)));
      }
    }
    reportRepeated(object, at, found);
  }

  /** Of an object whose names are the caller's to choose. */
  private static void reportFreeNames(Obj object, Pointer at, Violations found) {
    for (String name : object.members().keySet()) {
      if (!Scalars.isWhole(name)) {
        found.add(
            Violation.ofValue(
                at.member(name), Codes.MALFORMED, "the name holds half of a surrogate pair"));
      }
    }
    reportRepeated(object, at, found);
  }

  private static void reportRepeated(Obj object, Pointer at, Violations found) {
    for (String name : new TreeSet<>(object.repeated())) {
      found.add(
          Violation.ofForm(
              at.member(name),
              Codes.REPEATED_MEMBER,
              "the member " + Quoted.of(name) + " is repeated"));
    }
  }

  private Object value(Json json, Type type, Pointer at, Violations found) {
    Class<?> raw = raw(type);
    if (raw == List.class) {
      return list(json, argument(type, 0), at, found);
    } else if (raw == Map.class) {
      return map(json, argument(type, 1), at, found);
    } else if (raw == Json.class) {
      return anything(json, at, found);
    } else if (raw.isRecord() || raw.isSealed()) {
      return object(json, raw, at, found);
    }
    return SingleValues.read(json, raw, at, found);
  }

  private Object object(Json json, Class<?> type, Pointer at, Violations found) {
    if (!(json instanceof Obj object)) {
      found.add(SingleValues.wrongType(at, "an object", json));
      return null;
    }
    return type.isSealed()
        ? variant(object, type, at, found)
        : record(object, type, at, found, Set.of());
  }

  /** An object whose member {@code type} says which of several records it is. */
  private Object variant(Obj object, Class<?> type, Pointer at, Violations found) {
    Map<String, Class<?>> kinds = kinds(type);
    Json named = object.member("type").orElse(Nothing.NULL);
    Pointer pointer = at.member("type");
    if (named instanceof Str word && kinds.containsKey(word.value())) {
      return record(object, kinds.get(word.value()), at, found, Set.of("type"));
    }
    reportRepeated(object, at, found);
    String known = String.join(", ", kinds.keySet());
    if (named instanceof Str word) {
      found.add(
          Violation.ofValue(
              pointer, Codes.UNKNOWN, Quoted.of(word.value()) + " is not one of " + known));
    } else if (named instanceof Nothing) {
      found.add(Violation.ofValue(pointer, Codes.REQUIRED, "a type is required: one of " + known));
    } else {
      found.add(SingleValues.wrongType(pointer, "a string", named));
    }
    return null;
  }

  private List<Object> list(Json json, Type element, Pointer at, Violations found) {
    if (!(json instanceof Arr array)) {
      found.add(SingleValues.wrongType(at, "a list", json));
      return null;
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < array.items().size(); i++) {
      items.add(value(array.items().get(i), element, at.item(i), found));
    }
    return Collections.unmodifiableList(items);
  }

  private Map<String, Object> map(Json json, Type element, Pointer at, Violations found) {
    if (!(json instanceof Obj object)) {
      found.add(SingleValues.wrongType(at, "an object", json));
      return null;
    }
    reportFreeNames(object, at, found);
    Map<String, Object> entries = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (name, value) -> {
              if (value != Nothing.REMOVED) {
                entries.put(name, value(value, element, at.member(name), found));
              }
            });
    return Collections.unmodifiableMap(entries);
  }

  private static Json anything(Json json, Pointer at, Violations found) {
    if (json instanceof Obj object) {
      reportFreeNames(object, at, found);
      Map<String, Json> members = new LinkedHashMap<>();
      object
          .members()
          .forEach(
              (name, value) -> {
                if (value != Nothing.REMOVED) {
                  members.put(name, anything(value, at.member(name), found));
                }
              });
      return Obj.of(members);
    } else if (json instanceof Arr array) {
      List<Json> items = new ArrayList<>();
      for (int i = 0; i < array.items().size(); i++) {
        items.add(anything(array.items().get(i), at.item(i), found));
      }
      return new Arr(items);
    } else if (json instanceof Str) {
      SingleValues.read(json, String.class, at, found);
    }
    return json;
  }

  /** The kinds of a sealed interface, by the word that names each. */
  static Map<String, Class<?>> kinds(Class<?> sealed) {
    return KINDS.get(sealed);
  }

  private static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
