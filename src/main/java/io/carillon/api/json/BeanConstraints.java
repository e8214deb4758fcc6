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
import org.hibernate.validator.constraints.CodePointLength;

/**
 * The constraints of Bean Validation on a record's components, and the rules of the record itself.
 * The length of a text is that of {@link CodePointLength}: {@link Size} counts half characters, and
 * is for lists.
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
    } else if (constraint instanceof CodePointLength) {
      return "".equals(value) ? Codes.EMPTY : Codes.TOO_LONG;
    } else if (constraint instanceof Size) {
      return value instanceof Collection<?> list && list.isEmpty() ? Codes.EMPTY : Codes.TOO_MANY;
    }
    return Codes.OUT_OF_RANGE;
  }
}
