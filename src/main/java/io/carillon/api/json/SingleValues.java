package io.carillon.api.json;

import io.carillon.api.json.Json.Bool;
import io.carillon.api.json.Json.Num;
import io.carillon.api.json.Json.Str;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Reads the values that have no parts. What cannot be read is null and stands in {@code found}. */
final class SingleValues {

  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d*)");

  private SingleValues() {}

  static Object read(Json json, Class<?> type, Pointer at, Violations found) {
    if (type == Boolean.class) {
      return bool(json, at, found);
    } else if (type == Integer.class) {
      return integer(json, at, found);
    } else if (type == BigInteger.class) {
      return wholeNumber(json, at, found);
    } else if (type == Double.class) {
      return decimal(json, at, found);
    } else if (Scalars.areStrings(type)) {
      return scalar(json, type, at, found);
    }
    throw new IllegalStateException("no document may hold a " + type);
  }

  private static Boolean bool(Json json, Pointer at, Violations found) {
    if (json instanceof Bool bool) {
      return bool.value();
    }
    found.add(wrongType(at, "a boolean", json));
    return null;
  }

  private static Integer integer(Json json, Pointer at, Violations found) {
    BigInteger number = wholeNumber(json, at, found);
    if (number != null && number.bitLength() >= Integer.SIZE) {
      found.add(
          Violation.ofValue(
              at,
              Codes.OUT_OF_RANGE,
              Quoted.of(number.toString()) + " is outside the range of integers"));
      return null;
    }
    return number == null ? null : number.intValue();
  }

  /** Of any size, for what is cut to a size. */
  private static BigInteger wholeNumber(Json json, Pointer at, Violations found) {
    if (!(json instanceof Num number) || !INTEGER.matcher(number.digits()).matches()) {
      found.add(wrongType(at, "an integer", json));
      return null;
    }
    return new BigInteger(number.digits());
  }

  private static Double decimal(Json json, Pointer at, Violations found) {
    if (!(json instanceof Num number)) {
      found.add(wrongType(at, "a number", json));
      return null;
    }
    double value = Double.parseDouble(number.digits());
    if (Double.isInfinite(value)) {
      found.add(
          Violation.ofValue(at, Codes.OUT_OF_RANGE, Quoted.of(number.digits()) + " is too large"));
      return null;
    }
    return value;
  }

  private static Object scalar(Json json, Class<?> type, Pointer at, Violations found) {
    if (!(json instanceof Str string)) {
      found.add(wrongType(at, "a string", json));
      return null;
    }
    try {
      return Scalars.read(type, string.value());
    } catch (Unreadable e) {
      found.add(Violation.ofValue(at, e.code(), e.getMessage()));
      return null;
    }
  }

  static Violation wrongType(Pointer at, String expected, Json json) {
    return Violation.ofForm(
        at, Codes.WRONG_TYPE, "expected " + expected + ", found " + found(json));
  }

  /** Numbers by their digits: that 1.5 is no integer has to be seen. */
  private static String found(Json json) {
    return json instanceof Num number && number.digits().length() < 40
        ? number.digits()
        : json.kind();
  }
}
