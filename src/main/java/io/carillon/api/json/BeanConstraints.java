package io.carillon.api.json;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.validation.metadata.PropertyDescriptor;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * The constraints of Bean Validation on a record's components, and the rules of the record itself.
 * The length of a text is that of {@link CodePointLength}: {@link Size} counts half characters, and
 * is for lists.
 */
public final class BeanConstraints implements Constraints {

  private final Validator validator;
  private final Map<Class<?>, Known> known = new ConcurrentHashMap<>();

  /**
   * What of a record need not be asked each time.
   *
   * @param demanding the members with a constraint that depends on their value
   * @param required those that may not be absent
   */
  private record Known(Set<String> demanding, Set<String> required) {
    static Known of(Class<? extends Record> type, Validator validator) {
      Set<PropertyDescriptor> constrained =
          validator.getConstraintsForClass(type).getConstrainedProperties();
      return new Known(
          names(constrained, Known::isDemanding),
          names(
              constrained,
              member -> !validator.validateValue(type, member.getPropertyName(), null).isEmpty()));
    }

    private static Set<String> names(
        Set<PropertyDescriptor> members, Predicate<PropertyDescriptor> which) {
      return members.stream()
          .filter(which)
          .map(PropertyDescriptor::getPropertyName)
          .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isDemanding(PropertyDescriptor member) {
      return !member.getConstrainedContainerElementTypes().isEmpty()
          || member.getConstraintDescriptors().stream()
              .anyMatch(constraint -> !(constraint.getAnnotation() instanceof NotNull));
    }

    boolean allows(String member, Object value) {
      return !(value == null ? required : demanding).contains(member);
    }
  }

  public BeanConstraints(Validator validator) {
    this.validator = validator;
  }

  @Override
  public void checkMember(
      Class<? extends Record> type, String member, Object value, Pointer at, Violations found) {
    if (known.computeIfAbsent(type, any -> Known.of(type, validator)).allows(member, value)) {
      return;
    }
    validator.validateValue(type, member, value).stream()
        .map(violation -> violation(violation, value, at))
        .sorted(Comparator.comparing(violation -> violation.pointer().text()))
        .forEach(found::add);
  }

  @Override
  public void checkWhole(Object document, Pointer at, Violations found) {
    if (document instanceof SelfChecking selfChecking) {
      selfChecking.check(at, found);
    }
  }

  private static Violation violation(ConstraintViolation<?> violation, Object value, Pointer at) {
    Annotation constraint = violation.getConstraintDescriptor().getAnnotation();
    return Violation.ofValue(
        place(violation.getPropertyPath(), at), code(constraint, value), violation.getMessage());
  }

  /** Of a list's item the item's own place. */
  private static Pointer place(Path path, Pointer at) {
    Pointer place = at;
    for (Path.Node node : path) {
      if (node.getIndex() != null) {
        place = place.item(node.getIndex());
      }
    }
    return place;
  }

  private static String code(Annotation constraint, Object value) {
    if (constraint instanceof NotNull) {
      return Codes.REQUIRED;
    } else if (constraint instanceof Pattern) {
      return Codes.MALFORMED;
    } else if (constraint instanceof CodePointLength) {
      return "".equals(value) ? Codes.EMPTY : Codes.TOO_LONG;
    } else if (constraint instanceof Size) {
      return value instanceof Collection<?> list && list.isEmpty() ? Codes.EMPTY : Codes.TOO_MANY;
    }
    return Codes.OUT_OF_RANGE;
  }
}
