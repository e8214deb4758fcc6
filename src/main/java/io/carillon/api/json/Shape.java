package io.carillon.api.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the binder needs to know of a record, looked up once. */
final class Shape {

  private static final ClassValue<Shape> KNOWN =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return new Shape(type);
        }
      };

  private final Optional<Json> kind;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<Member> members = new ArrayList<>();
  private final Constructor<?> constructor;

  /**
   * A member, and how it is read.
   *
   * @param unwrapped whether its own members stand in its place
   */
  record Member(String name, Type type, Method accessor, boolean unwrapped) {
    private static Member of(RecordComponent component) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return new Member(
          component.getName(),
          component.getGenericType(),
          accessor,
          accessor.isAnnotationPresent(JsonUnwrapped.class));
    }

    Object read(Object document) {
      try {
        return accessor.invoke(document);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Shape(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    this.kind =
        Optional.ofNullable(type.getAnnotation(Kind.class)).map(name -> new Json.Str(name.value()));
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no canonical constructor", e);
    }
    for (RecordComponent component : components) {
      names.add(component.getName());
      members.add(Member.of(component));
    }
  }

  static Shape of(Class<?> type) {
    return KNOWN.get(type);
  }

  /** Which of several records it is, told by the member {@code type}. */
  Optional<Json> kind() {
    return kind;
  }

  Set<String> names() {
    return names;
  }

  List<Member> members() {
    return members;
  }

  Object create(List<Object> values) {
    try {
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("a document refused its members", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
