package io.carillon.process.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A copy of the package with some of its scripts changed, as controls need it. */
public final class EditedPackage {

  private EditedPackage() {}

  /**
   * Makes the copy.
   *
   * @param directory empty, for the copy
   * @param edits what is changed of each script, by its name
   * @return the jar to start
   */
  public static Path in(Path directory, Map<String, UnaryOperator<String>> edits) {
    Path jar = Path.of(System.getProperty("carillon.jar"));
    try {
      copy(jar.getParent(), directory);
      edit(directory, edits);
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

  private static void edit(Path copy, Map<String, UnaryOperator<String>> edits) throws IOException {
    try (var jars = Files.newDirectoryStream(copy.resolve("app"), "carillon-*.jar");
        FileSystem jar = FileSystems.newFileSystem(jars.iterator().next())) {
      for (var edit : edits.entrySet()) {
        Path script = jar.getPath("redis/" + edit.getKey() + ".lua");
        Files.writeString(script, edit.getValue().apply(Files.readString(script)));
      }
    }
  }
}
