package io.carillon.process.faults;

/** What a replica is when it is struck. */
enum Role {
  LEADER("the leader"),
  OTHER("another");

  private final String words;

  Role(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
