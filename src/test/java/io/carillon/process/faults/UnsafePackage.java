package io.carillon.process.faults;

import static io.carillon.redis.ScriptEdits.replace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A copy of the package whose scripts check neither the epoch nor what is due: the control that
 * shows what these checks are good for.
 */
final class UnsafePackage {

  private static final UnaryOperator<String> CLAIMS_WITHOUT_FENCE =
      claim -> replace(claim, "if redis.call('GET', EPOCH) ~= epoch then return 'fenced' end", "");

  private static final UnaryOperator<String> CLAIMS_WITHOUT_COMPARE_AND_SET =
      claim ->
          replace(
              replace(claim, "due_now and tonumber(due_now) == claimed.due", "due_now ~= nil"),
              "and job.last < claimed.occurrence",
              "");

  /** Whoever was replaced while he was away goes on leading. */
  private static final UnaryOperator<String> RENEWALS_WITHOUT_FENCE =
      renew -> replace(renew, "if redis.call('GET', EPOCH) ~= epoch then return 0 end", "");

  private UnsafePackage() {}

  /**
   * Makes the copy.
   *
   * @param directory empty, for the copy
   * @return the jar to start
   */
  static Path in(Path directory) {
    Path jar = Path.of(System.getProperty("carillon.jar"));
    try {
      copy(jar.getParent(), directory);
      edit(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory.resolve(jar.getFileName());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static void edit(Path copy) throws IOException {
    try (var jars = Files.newDirectoryStream(copy.resolve("app"), "carillon-*.jar");
        FileSystem jar = FileSystems.newFileSystem(jars.iterator().next())) {
      edit(
          jar.getPath("redis/claim.lua"),
          claim -> CLAIMS_WITHOUT_COMPARE_AND_SET.apply(CLAIMS_WITHOUT_FENCE.apply(claim)));
      edit(jar.getPath("redis/renew.lua"), RENEWALS_WITHOUT_FENCE);
    }
  }

  private static void edit(Path script, UnaryOperator<String> edit) throws IOException {
    Files.writeString(script, edit.apply(Files.readString(script)));
  }
}
