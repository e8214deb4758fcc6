package io.carillon.redis.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts a command into a session of its own, out of reach of the terminal's Ctrl-C: with {@code
 * setsid} (Linux), else with {@code perl} (macOS). Where there is neither, the command runs in the
 * session of the service and a Ctrl-C ends both at once; nothing is lost then but the order.
 */
final class OwnSession {

  private static final System.Logger LOG = System.getLogger(OwnSession.class.getName());
  private static final String IN_PERL = "POSIX::setsid(); exec { $ARGV[0] } @ARGV or exit 127";

  private final List<String> prefix;

  OwnSession(SearchPath searchPath) {
    this.prefix = prefix(searchPath);
  }

  /** The command line that runs the command in its own session, in the same process. */
  List<String> of(List<String> command) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(command);
    return line;
  }

  private static List<String> prefix(SearchPath searchPath) {
    return searchPath
        .first("setsid")
        .map(setsid -> List.of(setsid.toString()))
        .or(
            () ->
                searchPath
                    .first("perl")
                    .map(perl -> List.of(perl.toString(), "-MPOSIX", "-e", IN_PERL, "--")))
        .orElseGet(
            () -> {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "Embedded Redis shares the terminal's session missing=setsid,perl");
              return List.of();
            });
  }
}
