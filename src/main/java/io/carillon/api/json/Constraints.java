package io.carillon.api.json;

/** What documents must fulfil beyond the types of their members. */
public interface Constraints {

  /** Nothing: for documents that were checked before. */
  Constraints NONE =
      new Constraints() {
        @Override
        public void checkMember(
            Class<? extends Record> type,
            String member,
            Object value,
            Pointer at,
            Violations found) {}

        @Override
        public void checkWhole(Object document, Pointer at, Violations found) {}
      };

  /**
   * Adds to {@code found} what is wrong with a member's value.
   *
   * @param value null when the member is absent
   */
  void checkMember(
      Class<? extends Record> type, String member, Object value, Pointer at, Violations found);

  /** Adds to {@code found} what is wrong with a document beyond its single members. */
  void checkWhole(Object document, Pointer at, Violations found);
}
