package io.carillon.api;

import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The media types that a client accepts (RFC 9110, 12.5.1): of the ranges that match a type the
 * most specific one decides, and a weight of zero refuses it.
 */
final class AcceptedTypes {

  private static final Pattern RANGE =
      Pattern.compile(
          "\\s*([^\\s,;/\"]+)/([^\\s,;/\"]+)\\s*((?:;(?:[^,\"]|\"(?:[^\"\\\\]|\\\\.)*\")*)?)");
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^\\s=;]+)\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^;]*)");
  private static final Pattern WEIGHT = Pattern.compile("[01](\\.\\d*)?");

  /**
   * @param parameters without the weight, and without the character encoding that all answers have
   */
  private record Range(String type, String subtype, Map<String, String> parameters, double weight) {

    boolean matches(MediaType offered) {
      return (type.equals("*") || type.equalsIgnoreCase(offered.getType()))
          && (subtype.equals("*") || subtype.equalsIgnoreCase(offered.getSubtype()))
          // Who refuses a variant of a type does not refuse the type.
          && (parameters.isEmpty() || weight > 0);
    }

    int specificity() {
      return type.equals("*") ? 0 : subtype.equals("*") ? 1 : 2;
    }
  }

  private final List<Range> ranges;

  private AcceptedTypes(List<Range> ranges) {
    this.ranges = ranges;
  }

  /** From the lines of the header {@code Accept}; what is no media range in them is passed over. */
  static AcceptedTypes read(List<String> lines) {
    List<Range> ranges = new ArrayList<>();
    Matcher range = RANGE.matcher(String.join(",", lines));
    while (range.find()) {
      ranges.add(range(range.group(1), range.group(2), range.group(3)));
    }
    return new AcceptedTypes(ranges);
  }

  private static Range range(String type, String subtype, String rest) {
    Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Matcher parameter = PARAMETER.matcher(rest);
    while (parameter.find()) {
      String value = parameter.group(2).strip().replace("\"", "").toLowerCase(Locale.ROOT);
      parameters.putIfAbsent(parameter.group(1), value);
    }
    String weight = parameters.getOrDefault("q", "1");
    parameters.remove("q");
    parameters.remove("charset", "utf-8");
    return new Range(
        type,
        subtype,
        parameters,
        WEIGHT.matcher(weight).matches() ? Double.parseDouble(weight) : 1);
  }

  /** Whether a type may be sent; a client that names no range accepts everything. */
  boolean include(MediaType offered) {
    return ranges.isEmpty()
        || ranges.stream()
            .filter(range -> range.matches(offered))
            .max(Comparator.comparingInt(Range::specificity).thenComparingDouble(Range::weight))
            .filter(range -> range.weight > 0)
            .isPresent();
  }
}
