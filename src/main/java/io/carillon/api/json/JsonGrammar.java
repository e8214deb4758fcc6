package io.carillon.api.json;

/**
 * Says where a text departs from the grammar of JSON (RFC 8259), and how. The parser knows that it
 * does, but speaks of its own features and methods.
 */
final class JsonGrammar {

  private static final String[] WORDS = {"true", "false", "null"};

  private final CharacterCursor cursor;
  private int depth;

  private JsonGrammar(String text) {
    this.cursor = new CharacterCursor(text);
  }

  /**
   * @throws MalformedJson when the text is not exactly one JSON value within the limits
   */
  static void check(String text) {
    new JsonGrammar(text).checkText();
  }

  private void checkText() {
    if (cursor.here() == '\uFEFF') {
      throw cursor.fault("The text begins with a byte order mark, which JSON must not have");
    }
    cursor.skipWhiteSpace();
    if (cursor.atEnd()) {
      throw cursor.fault("The text is empty");
    }
    checkValue();
    cursor.skipWhiteSpace();
    if (!cursor.atEnd()) {
      refuseComment();
      throw cursor.fault("The text continues after the end of the JSON value");
    }
  }

  private void checkValue() {
    char c = cursor.here();
    if (c == '{') {
      checkObject();
    } else if (c == '[') {
      checkList();
    } else if (c == '"') {
      StringGrammar.check(cursor, Integer.MAX_VALUE);
    } else if (c == '-' || c == '+' || c == '.' || (c >= '0' && c <= '9')) {
      NumberGrammar.check(cursor);
    } else {
      checkWord();
    }
  }

  private void checkWord() {
    refuseComment();
    String word = cursor.word();
    for (String known : WORDS) {
      if (word.equals(known)) {
        cursor.skip(word.length());
        return;
      } else if (!word.isEmpty() && known.startsWith(word) && cursor.endsWith(word)) {
        cursor.skip(word.length());
        throw cursor.fault("The text ends inside the word " + known);
      }
    }
    if (NumberGrammar.isNoNumber(word)) {
      throw cursor.fault("NaN and Infinity are not numbers in JSON");
    } else if (cursor.here() == '\'') {
      throw cursor.fault("A string must be in double quotes, not in single ones");
    } else if (!word.isEmpty()) {
      throw cursor.fault(
          "The word "
              + Quoted.of(word)
              + " is not a JSON value; strings must be in double quotes, and true, false and null"
              + " are lower-case");
    }
    throw cursor.fault("A value is expected, not " + cursor.quoted());
  }

  private void checkObject() {
    open();
    while (cursor.here() != '}') {
      checkName();
      expectInside("an object");
      if (cursor.here() != ':') {
        throw cursor.fault("A colon must follow the name of a member");
      }
      cursor.next();
      expectInside("an object");
      if (cursor.here() == ',' || cursor.here() == '}') {
        throw cursor.fault("A value must follow the colon");
      }
      checkValue();
      separate("an object", '}');
    }
    close();
  }

  private void checkName() {
    char c = cursor.here();
    if (c == '"') {
      StringGrammar.check(cursor, JsonReader.LONGEST_NAME);
      return;
    }
    refuseComment();
    if (c == ',') {
      throw cursor.fault("A member is expected, not a comma");
    } else if (c == ']') {
      throw cursor.fault("An object ends with }, not with ]");
    }
    throw cursor.fault(
        c == '\''
            ? "The name of a member must be in double quotes, not in single ones"
            : "The name of a member must be in double quotes");
  }

  private void checkList() {
    open();
    while (cursor.here() != ']') {
      if (cursor.here() == ',') {
        throw cursor.fault("A value is expected, not a comma");
      } else if (cursor.here() == '}') {
        throw cursor.fault("A list ends with ], not with }");
      }
      checkValue();
      separate("a list", ']');
    }
    close();
  }

  private void open() {
    String what = cursor.here() == '{' ? "an object" : "a list";
    depth++;
    if (depth > JsonReader.DEEPEST) {
      throw cursor.fault("Objects and lists are nested deeper than " + JsonReader.DEEPEST);
    }
    cursor.next();
    expectInside(what);
  }

  private void close() {
    depth--;
    cursor.next();
  }

  /** Behind a value: its end, or a comma and something more. */
  private void separate(String what, char end) {
    expectInside(what);
    if (cursor.here() == end) {
      return;
    }
    if (cursor.here() != ',') {
      refuseComment();
      throw cursor.fault(
          cursor.here() == '}' || cursor.here() == ']'
              ? capital(what) + " ends with " + end + ", not with " + cursor.here()
              : "A comma or " + end + " must follow a value in " + what);
    }
    cursor.next();
    expectInside(what);
    if (cursor.here() == end) {
      throw cursor.fault("No comma may precede the end of " + what);
    }
  }

  private void expectInside(String what) {
    cursor.skipWhiteSpace();
    if (cursor.atEnd()) {
      throw cursor.fault("The text ends inside " + what);
    }
  }

  private void refuseComment() {
    if (cursor.startsWith("//") || cursor.startsWith("/*") || cursor.here() == '#') {
      throw cursor.fault("JSON has no comments");
    }
  }

  private static String capital(String what) {
    return Character.toUpperCase(what.charAt(0)) + what.substring(1);
  }
}
