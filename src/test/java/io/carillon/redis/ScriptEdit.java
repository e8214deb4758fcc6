package io.carillon.redis;

/** Another text in the place of one that scripts have, for tests only. */
record ScriptEdit(String text, String instead) {

  boolean concerns(String script) {
    return script.contains(text);
  }

  String appliedTo(String script) {
    return script.replace(text, instead);
  }
}
