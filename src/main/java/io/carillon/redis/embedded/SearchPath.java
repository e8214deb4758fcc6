package io.carillon.redis.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directories in which commands are looked for, as in the environment's PATH.
 *
 * @param directories in the order of preference
 */
public record SearchPath(List<Path> directories) {

  /** Copies the list. */
  public SearchPath {
    directories = List.copyOf(directories);
  }

  /** The PATH of this process; empty entries, which would mean the working directory, left out. */
  public static SearchPath ofEnvironment() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return new SearchPath(
        Arrays.stream(path.split(File.pathSeparator))
            .filter(entry -> !entry.isBlank())
            .map(Path::of)
            .toList());
  }

  /** Every executable file of that name. */
  Stream<Path> all(String name) {
    return directories.stream()
        .map(directory -> directory.resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }

  /** The executable file that a shell would run for that name. */
  Optional<Path> first(String name) {
    return all(name).findFirst();
  }
}
