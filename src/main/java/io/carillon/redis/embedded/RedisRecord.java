package io.carillon.redis.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * What is written down about a Redis before it starts, so that a later start can tell it from any
 * other.
 *
 * @param id drawn at random; Redis carries it too
 * @param port on 127.0.0.1
 */
record RedisRecord(String id, int port) {

  static RedisRecord drawFor(int port) {
    return new RedisRecord("carillon-" + UUID.randomUUID(), port);
  }

  /** The record of the last start, if there was one. A half-written one counts as none. */
  static Optional<RedisRecord> read(DataDirectory directory) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(directory.redisRecord())) {
      properties.load(reader);
      return Optional.of(
          new RedisRecord(
              properties.getProperty("id", ""),
              Integer.parseInt(properties.getProperty("port", ""))));
    } catch (NoSuchFileException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  void write(DataDirectory directory) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("id", id);
    properties.setProperty("port", Integer.toString(port));
    Path fresh = directory.path().resolve("redis.properties.new");
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      properties.store(writer, "The embedded Redis of this directory");
    }
    Files.move(fresh, directory.redisRecord(), StandardCopyOption.ATOMIC_MOVE);
  }
}
