package io.carillon.api.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Constructor<?> constructor;

  /** A member, and how it is read. */
  private record Member(Type type, Method accessor, boolean unwrapped) {
    static Member of(RecordComponent component) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return new Member(
          component.getGenericType(), accessor, accessor.isAnnotationPresent(JsonUnwrapped.class));
    }
  }

  private Shape(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no canonical constructor", e);
    }
    for (RecordComponent component : components) {
      members.put(component.getName(), Member.of(component));
    }
  }

  static Shape of(Class<?> type) {
    return KNOWN.get(type);
  }

  Set<String> names() {
    return members.keySet();
  }

  Type typeOf(String member) {
    return members.get(member).type();
  }

  /** Whether the members of this member stand in its place. */
  boolean isUnwrapped(String member) {
    return members.get(member).unwrapped();
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

  Object read(String member, Object document) {
    try {
      return members.get(member).accessor().invoke(document);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
