package io.carillon.api.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about texts that are not JSON: ours, never the parser's. */
class MalformedJsonTest {

  private static final Pattern WITH_ITS_PLACE =
      Pattern.compile("[A-Z].* \\(line \\d+, column \\d+\\)\\.");

  private static final Pattern OF_THE_PARSER =
      Pattern.compile(
          "jackson|fasterxml|parser|Feature|Constraints|token|Source|\\bcode\\b|enable|getMax|\\(\\)"
              + "|Unexpected|not JSON \\(",
          Pattern.CASE_INSENSITIVE);

  private static final String DOCUMENT =
      "{\"name\":\"a\\u00e9\\n\\\"é😀\",\n \"list\":[1,-2.50e+3,true,null,{\"x\":[]}],\r\n\t\"n\":0}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1           | The text ends inside an object (line 1, column 7).",
        "{\"a\":            | The text ends inside an object (line 1, column 6).",
        "[1,                | The text ends inside a list (line 1, column 4).",
        "[\"ab              | The text ends inside a string (line 1, column 5).",
        "[\"a\\             | The text ends inside a string (line 1, column 5).",
        "[\"a\\u00          | The text ends inside a string (line 1, column 8).",
        "[-                 | The text ends inside a number (line 1, column 3).",
        "[1.                | The text ends inside a number (line 1, column 4).",
        "[tru               | The text ends inside the word true (line 1, column 5).",
        "{} {}              | The text continues after the end of the JSON value (line 1, column 4).",
        "1]                 | The text continues after the end of the JSON value (line 1, column 2).",
        "[1,]               | No comma may precede the end of a list (line 1, column 4).",
        "{\"a\":1,}         | No comma may precede the end of an object (line 1, column 8).",
        "[,1]               | A value is expected, not a comma (line 1, column 2).",
        "[1,,2]             | A value is expected, not a comma (line 1, column 4).",
        "{,}                | A member is expected, not a comma (line 1, column 2).",
        "[1 2]              | A comma or ] must follow a value in a list (line 1, column 4).",
        "{\"a\":1 \"b\":2}  | A comma or } must follow a value in an object (line 1, column 8).",
        "[1}                | A list ends with ], not with } (line 1, column 3).",
        "{\"a\":1]          | An object ends with }, not with ] (line 1, column 7).",
        "{]                 | An object ends with }, not with ] (line 1, column 2).",
        "{\"a\" 1}          | A colon must follow the name of a member (line 1, column 6).",
        "{\"a\":}           | A value must follow the colon (line 1, column 6).",
        "{a:1}              | The name of a member must be in double quotes (line 1, column 2).",
        "{'a':1}            | The name of a member must be in double quotes, not in single ones (line 1, column 2).",
        "['a']              | A string must be in double quotes, not in single ones (line 1, column 2).",
        "[1/*x*/]           | JSON has no comments (line 1, column 3).",
        "// x               | JSON has no comments (line 1, column 1).",
        "{} # x             | JSON has no comments (line 1, column 4).",
        "NaN                | NaN and Infinity are not numbers in JSON (line 1, column 1).",
        "[-Infinity]        | NaN and Infinity are not numbers in JSON (line 1, column 3).",
        "[007]              | A number must not begin with a zero that another digit follows (line 1, column 5).",
        "[+1]               | A number must not begin with a plus sign (line 1, column 2).",
        "[.5]               | A digit must precede the decimal point (line 1, column 2).",
        "[-a]               | A digit must follow the minus sign (line 1, column 3).",
        "[1.e]              | A digit must follow the decimal point (line 1, column 4).",
        "[1e]               | An exponent must have a digit (line 1, column 4).",
        "[0x1]              | A number must not be followed by \"x\" (line 1, column 3).",
        "[\"\\q\"]          | JSON has no escape of a backslash and \"q\" (line 1, column 4).",
        "[\"\\u12g4\"]      | Four hexadecimal digits must follow \\u (line 1, column 7).",
        "[True]             | The word \"True\" is not a JSON value; strings must be in double quotes, and true, false and null are lower-case (line 1, column 2).",
        "[?]                | A value is expected, not \"?\" (line 1, column 2).",
      })
  void eachFaultIsToldApart(String text, String message) {
    assertThat(refusal(text.getBytes(UTF_8))).contains(message);
  }

  @Test
  void faultsThatCannotBeSeenAreNamed() {
    assertThat(refusal("".getBytes(UTF_8))).contains("The text is empty (line 1, column 1).");
    assertThat(refusal(" \n ".getBytes(UTF_8))).contains("The text is empty (line 2, column 2).");
    assertThat(refusal("\uFEFF{}".getBytes(UTF_8)))
        .contains(
            "The text begins with a byte order mark, which JSON must not have (line 1, column 1).");
    assertThat(refusal("[\n\"😀\t\"]".getBytes(UTF_8)))
        .contains(
            "A string contains the control character U+0009, which must be escaped (line 2, column 3).");
  }

  @Test
  void bytesOfAnotherEncodingAreNamed() {
    assertThat(refusal("{\n\"é\":1}".getBytes(ISO_8859_1)))
        .contains(
            "The text is not UTF-8: the octet 0xE9 is not part of a character (line 2, column 2).");
    for (Charset wide : List.of(UTF_16LE, Charset.forName("UTF-16"), Charset.forName("UTF-32"))) {
      assertThat(refusal("{}".getBytes(wide)))
          .contains("The text is not UTF-8 but seems to be UTF-16 or UTF-32 (line 1, column 1).");
    }
    // The longest form of a slash, which some decoders take for one.
    assertThat(refusal(new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}).orElseThrow())
        .startsWith("The text is not UTF-8");
  }

  @Test
  void limitsAreNamedAndHoldExactly() {
    String deepest = "[".repeat(64) + "]".repeat(64);

    assertThat(refusal(deepest.getBytes(UTF_8))).isEmpty();
    assertThat(refusal(('[' + deepest + ']').getBytes(UTF_8)))
        .contains("Objects and lists are nested deeper than 64 (line 1, column 65).");
    assertThat(refusal("{\"a\":".repeat(100_000).getBytes(UTF_8)).orElseThrow())
        .startsWith("Objects and lists are nested deeper than 64");
    for (String number :
        List.of("9".repeat(1_000), "9." + "9".repeat(999), "9e" + "9".repeat(999))) {
      assertThat(refusal(number.getBytes(UTF_8))).as(number.substring(0, 3)).isEmpty();
      assertThat(refusal((number + "1").getBytes(UTF_8)).orElseThrow())
          .startsWith("A number has more than 1,000 digits");
    }
    assertThat(refusal(named("n".repeat(50_000)))).isEmpty();
    assertThat(refusal(named("n".repeat(50_001))).orElseThrow())
        .startsWith("The name of a member exceeds 50,000 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\ud800\"", "{\"\\udc00\":1}", "\"\\ud83d\\ude00\""})
  void halvesOfSurrogatePairsAreJsonAllTheSame(String text) {
    assertThatNoException().isThrownBy(() -> JsonReader.read(text));
  }

  @Test
  void everyTruncationIsRefusedInOurWords() {
    byte[] bytes = DOCUMENT.getBytes(UTF_8);

    for (int length = 0; length < bytes.length; length++) {
      String message = refusal(Arrays.copyOf(bytes, length)).orElseThrow();
      assertThat(message).as("cut at %d", length).matches(WITH_ITS_PLACE);
      assertThat(message).as("cut at %d", length).doesNotContainPattern(OF_THE_PARSER);
    }
  }

  @Test
  void whateverIsReplacedInsertedOrRemovedIsReadOrRefusedInOurWords() {
    int refused = 0;
    for (String text : variants()) {
      Optional<String> message = refusal(text.getBytes(UTF_8));
      refused += message.isPresent() ? 1 : 0;
      message.ifPresent(
          told -> {
            assertThat(told).as(text).matches(WITH_ITS_PLACE);
            assertThat(told).as(text).doesNotContainPattern(OF_THE_PARSER);
          });
      // Whether a text is JSON is the parser's to say; the grammar only says why it is not.
      assertThat(grammarRefuses(text)).as(text).isEqualTo(message.isPresent());
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  private static List<String> variants() {
    List<String> variants = new ArrayList<>();
    for (int at = 0; at < DOCUMENT.length(); at++) {
      String before = DOCUMENT.substring(0, at);
      String after = DOCUMENT.substring(at + 1);
      variants.add(before + after);
      for (char other : "{}[],:\"'\\/0-+.eEtnx#\t\n\0\u007f\uFEFF\uD83D é".toCharArray()) {
        variants.add(before + other + after);
        variants.add(before + other + DOCUMENT.charAt(at) + after);
      }
    }
    variants.removeIf(text -> !Scalars.isWhole(text));
    return variants;
  }

  private static byte[] named(String name) {
    return ("{\"" + name + "\":1}").getBytes(UTF_8);
  }

  private static boolean grammarRefuses(String text) {
    try {
      JsonGrammar.check(text);
      return false;
    } catch (MalformedJson fault) {
      return true;
    }
  }

  /** Empty when it is read. */
  private static Optional<String> refusal(byte[] text) {
    try {
      JsonReader.read(text);
      return Optional.empty();
    } catch (MalformedJson refused) {
      return Optional.of(refused.getMessage());
    }
  }
}
