package io.carillon.api.json;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Comparator;

/**
 * The constraints of Bean Validation on a record's components, and the rules of the record itself.
 */
public final class BeanConstraints implements Constraints {

  private final Validator validator;

  public BeanConstraints(Validator validator) {
    this.validator = validator;
  }

  @Override
  public void checkMember(
      Class<? extends Record> type, String member, Object value, Pointer at, Violations found) {
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
    } else if (constraint instanceof Size) {
      boolean list = value instanceof Collection<?>;
      boolean empty = list ? ((Collection<?>) value).isEmpty() : "".equals(value);
      return empty ? Codes.EMPTY : list ? Codes.TOO_MANY : Codes.TOO_LONG;
    }
    return Codes.OUT_OF_RANGE;
  }
}
