package io.carillon.api.json;

/**
 * One thing wrong with a document.
 *
 * @param detail a sentence for people
 * @param code the kind of fault, for programs; the words are those of {@link Codes}
 * @param grade what the caller got wrong
 */
public record Violation(Pointer pointer, String detail, String code, Grade grade) {

  /** What the caller got wrong: the form of a document, or a value in it. */
  public enum Grade {
    /** Status 400: unknown members, repeated ones, wrong types. */
    FORM,
    /** Status 422: well formed, but impossible. */
    VALUE
  }

  /** A fault of form. */
  public static Violation ofForm(Pointer pointer, String code, String detail) {
    return new Violation(pointer, detail, code, Grade.FORM);
  }

  /** An impossible value. */
  public static Violation ofValue(Pointer pointer, String code, String detail) {
    return new Violation(pointer, detail, code, Grade.VALUE);
  }
}
