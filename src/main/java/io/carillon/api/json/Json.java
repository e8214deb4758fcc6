package io.carillon.api.json;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON value as it was written: numbers keep their digits, objects the order of their members,
 * and a member that was written twice is known as such.
 */
public sealed interface Json {

  /** What it is, with its article, for sentences such as "expected a list, found a string". */
  String kind();

  /**
   * An object.
   *
   * @param members in their order; of a repeated one the last. Given away: not to be changed any
   *     more
   * @param repeated names that were written more than once
   */
  record Obj(Map<String, Json> members, Set<String> repeated) implements Json {
    public static final Obj EMPTY = of(Map.of());

    public Obj {
      members = Collections.unmodifiableMap(members);
      repeated = Set.copyOf(repeated);
    }

    public static Obj of(Map<String, Json> members) {
      return new Obj(members, Set.of());
    }

    public Optional<Json> member(String name) {
      return Optional.ofNullable(members.get(name));
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  record Str(String value) implements Json {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** A number, by its digits: it may be too large for any type of Java. */
  record Num(String digits) implements Json {
    @Override
    public String kind() {
      return "a number";
    }
  }

  record Bool(boolean value) implements Json {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /** The absence of a value. */
  enum Nothing implements Json {
    NULL,
    /** Taken away by a merge patch; kept in mind only so that its name can be checked. */
    REMOVED;

    @Override
    public String kind() {
      return this == NULL ? "null" : "nothing";
    }
  }
}
