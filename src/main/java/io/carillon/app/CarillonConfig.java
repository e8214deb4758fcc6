package io.carillon.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What can be set, each by an environment variable such as {@code CARILLON_LEASE_TTL}. */
@ConfigMapping(prefix = "carillon")
public interface CarillonConfig {

  /** Where the embedded Redis keeps its data. */
  @WithDefault("./data")
  Path dataDir();

  /** How long a leader that fell silent keeps the others waiting; 1 s to 60 s. */
  @WithDefault("PT3S")
  @DurationMin(seconds = 1)
  @DurationMax(seconds = 60)
  Duration leaseTtl();

  /** How many webhooks one replica has under way at most. */
  @WithDefault("2048")
  int deliveryConcurrency();

  /** The shortest time between two occurrences that a schedule may ask for. */
  @WithDefault("PT1S")
  Duration minInterval();

  /** Where receivers reach this service; by default the replica's own address. */
  Optional<URI> publicUrl();

  /** How requests are let in: {@code api-key}, {@code oidc} or, said explicitly, {@code none}. */
  Optional<String> security();

  /** Who may use the service: {@code name:role:sha256hex} each. */
  Optional<List<String>> apiKeys();

  /** Base64 of the 32 bytes that seal signing secrets. */
  Optional<String> encryptionKey();

  History history();

  Events events();

  Failures failures();

  Redis redis();

  Targets targets();

  /** What is kept of ended runs. */
  interface History {
    /** Of each job. */
    @WithDefault("50")
    int count();

    @WithDefault("P7D")
    Duration age();
  }

  /** What is kept of lifecycle events. */
  interface Events {
    /** About so many, of all jobs together. */
    @WithDefault("100000")
    int count();
  }

  /** What can be listed of failed runs across jobs. */
  interface Failures {
    /** About so many, of all jobs together. */
    @WithDefault("10000")
    int count();
  }

  /** How Redis is used. */
  interface Redis {
    /** After how long an unanswered command counts as failed, its outcome unknown. */
    @WithDefault("PT2S")
    Duration timeout();
  }

  /** Where webhooks may go. */
  interface Targets {
    /** Whether loopback and private addresses are allowed. */
    @WithDefault("false")
    boolean allowPrivate();

    /** Networks and host names that are allowed besides. */
    Optional<List<String>> allow();
  }
}
