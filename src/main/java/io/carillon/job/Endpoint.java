package io.carillon.job;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The receiver that a URL names. Accepts the names that containers have among themselves, with an
 * underscore, which {@link URI#getHost} does not; refuses what readers take for different things.
 *
 * @param host as it stands in the Host field; an IPv6 address in brackets
 * @param port 1 to 65535
 */
public record Endpoint(boolean encrypted, String host, int port) {

  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[^\\[\\]]+]|[^:\\[\\]]+)(:(?<port>\\d*))?");

  private static final Pattern NAME =
      Pattern.compile("(?!.{255})(\\w([\\w-]{0,61}\\w)?\\.)*\\w([\\w-]{0,61}\\w)?\\.?");

  /** As the URL Standard has it: whoever ends in a number is an IPv4 address, or none at all. */
  private static final Pattern ENDS_IN_A_NUMBER =
      Pattern.compile("(.*\\.)?(\\d+|0[xX]\\p{XDigit}*)\\.?");

  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);

  private static final int LAST_PORT = 65_535;

  /**
   * @throws InvalidUrl when no webhook can be sent to the URL
   */
  public static Endpoint of(URI url) {
    boolean encrypted = "https".equalsIgnoreCase(url.getScheme());
    String authority = url.getRawAuthority();
    if (!encrypted && !"http".equalsIgnoreCase(url.getScheme())) {
      throw malformed("an absolute http or https URL is required");
    } else if (authority == null) {
      throw malformed("the URL has no host");
    } else if (authority.indexOf('@') >= 0) {
      throw malformed("a URL must not carry a user or a password");
    }
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw malformed("the URL has no valid host");
    }
    checkHost(parts.group("host"), url);
    return new Endpoint(
        encrypted, parts.group("host"), port(parts.group("port"), encrypted ? 443 : 80));
  }

  private static void checkHost(String host, URI url) {
    if (host.startsWith("[")) {
      checkIpv6(host, url);
    } else if (host.chars().anyMatch(c -> c > '~')) {
      throw malformed("international names are written in their xn-- form");
    } else if (!NAME.matcher(host).matches()) {
      throw malformed("the URL has no valid host");
    } else if (ENDS_IN_A_NUMBER.matcher(host).matches()) {
      checkIpv4(host);
    }
  }

  private static void checkIpv6(String literal, URI url) {
    // What stands between brackets has been read, or the URL would have no host.
    if (url.getHost() == null) {
      throw malformed("the URL has no valid host");
    }
    String end = literal.substring(literal.lastIndexOf(':') + 1, literal.length() - 1);
    if (end.indexOf('.') >= 0) {
      checkIpv4(end);
    }
  }

  private static void checkIpv4(String address) {
    if (!IPV4.matcher(address).matches()) {
      throw malformed(
          "an IPv4 address is written as four decimal numbers, such as 192.0.2.1; other forms mean"
              + " different hosts to different readers");
    }
  }

  private static int port(String digits, int usual) {
    if (digits == null || digits.isEmpty()) {
      return usual;
    }
    try {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException tooLong) {
      // Told below, with those that are merely too large.
    }
    throw new InvalidUrl("out-of-range", "the port is not within 1 to " + LAST_PORT);
  }

  private static InvalidUrl malformed(String detail) {
    return new InvalidUrl("malformed", detail);
  }
}
