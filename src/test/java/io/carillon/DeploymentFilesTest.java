package io.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What must hold in the files that run Carillon elsewhere, which no test here can execute. */
class DeploymentFilesTest {

  private static final Path BASE = Path.of("deploy/kubernetes/base");
  private static final Tree COMPOSE = Tree.read(Path.of("docker-compose.yml"));
  private static final Tree DEPLOYMENT = Tree.read(BASE.resolve("deployment.yaml"));
  private static final Tree POD = DEPLOYMENT.at("spec", "template", "spec");
  private static final Tree CONTAINER = new Tree(POD.at("containers").list().get(0));

  @Test
  void composeRunsThreeReplicasOnOneRedis() {
    // When
    List<Tree> replicas = replicasOfCompose().map(name -> COMPOSE.at("services", name)).toList();

    // Then
    assertThat(replicas)
        .hasSize(3)
        .allSatisfy(
            replica -> {
              assertThat(replica.at("environment", "QUARKUS_REDIS_HOSTS").value())
                  .isEqualTo("redis://redis:6379");
              assertThat(replica.at("environment", "CARILLON_SECURITY").value()).isEqualTo("none");
            });
  }

  @Test
  void composeKeepsWhatRedisHasAcknowledged() {
    // When
    List<?> command = COMPOSE.at("services", "redis", "command").list();

    // Then
    assertThat(List.<Object>copyOf(command))
        .containsSequence("--appendonly", "yes")
        .containsSequence("--maxmemory-policy", "noeviction");
  }

  @Test
  void composePublishesOnLoopbackAlone() {
    // When
    List<String> ports =
        COMPOSE
            .at("services")
            .keys()
            .map(name -> COMPOSE.at("services", name))
            .filter(service -> service.has("ports"))
            .flatMap(service -> service.at("ports").list().stream())
            .map(String::valueOf)
            .toList();

    // Then
    assertThat(ports).hasSize(4).allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @Test
  void prometheusScrapesEveryReplicaOfCompose() {
    // Given
    Tree prometheus = Tree.read(Path.of("deploy/prometheus/prometheus.yml"));

    // When
    Tree job = new Tree(prometheus.at("scrape_configs").list().get(0));
    Tree targets = new Tree(job.at("static_configs").list().get(0));

    // Then
    assertThat(job.at("metrics_path").value()).isEqualTo("/q/metrics");
    assertThat(List.<Object>copyOf(targets.at("targets").list()))
        .containsExactlyElementsOf(replicasOfCompose().map(name -> name + ":8080").toList());
  }

  @ParameterizedTest
  @CsvSource({
    "startupProbe, /q/health/started",
    "livenessProbe, /q/health/live",
    "readinessProbe, /q/health/ready"
  })
  void eachProbeAsksItsOwnHealth(String probe, String path) {
    // When / Then
    assertThat(CONTAINER.at(probe, "httpGet", "path").value()).isEqualTo(path);
    assertThat(CONTAINER.at(probe, "httpGet", "port").value()).isEqualTo("http");
  }

  @Test
  void kubernetesRunsThreeReplicasThatMayFinishTheirDeliveries() {
    // When / Then
    assertThat(DEPLOYMENT.at("spec", "replicas").value()).isEqualTo(3);
    assertThat((Integer) POD.at("terminationGracePeriodSeconds").value()).isGreaterThan(30);
  }

  @Test
  void kubernetesRunsNothingAsRoot() {
    // When / Then
    assertThat(POD.at("securityContext", "runAsNonRoot").value()).isEqualTo(true);
    assertThat(POD.at("securityContext", "runAsUser").value()).isEqualTo(10001);
    assertThat(CONTAINER.at("securityContext", "allowPrivilegeEscalation").value())
        .isEqualTo(false);
    assertThat(CONTAINER.at("securityContext", "readOnlyRootFilesystem").value()).isEqualTo(true);
  }

  @Test
  void theImageRunsAsTheUserThatKubernetesExpects() throws IOException {
    // When
    List<String> dockerfile = Files.readAllLines(Path.of("Dockerfile"));

    // Then
    String lastStage =
        String.join("\n", dockerfile.subList(lastStageOf(dockerfile), dockerfile.size()));
    assertThat(lastStage).contains("\nUSER 10001:10001\n", "QUARKUS_HTTP_HOST=0.0.0.0");
    assertThat(lastStage.indexOf("\nUSER ")).isLessThan(lastStage.indexOf("\nENTRYPOINT "));
  }

  @Test
  void kubernetesTakesSecurityFromASecretAndNotFromTheBase() {
    // When
    Tree configuration = Tree.read(BASE.resolve("configmap.yaml")).at("data");

    // Then
    assertThat(configuration.keys())
        .contains("QUARKUS_REDIS_HOSTS")
        .doesNotContain("CARILLON_SECURITY", "CARILLON_API_KEYS");
    assertThat(CONTAINER.at("envFrom").list()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"service.yaml", "poddisruptionbudget.yaml"})
  void selectsThePodsOfTheDeployment(String file) {
    // Given
    Tree selector = Tree.read(BASE.resolve(file)).at("spec", "selector");

    // When
    Object labels =
        selector.has("matchLabels") ? selector.at("matchLabels").value() : selector.value();

    // Then
    assertThat(labels).isEqualTo(DEPLOYMENT.at("spec", "template", "metadata", "labels").value());
  }

  @Test
  void theBaseNamesEveryFileBesideIt() throws IOException {
    // Given
    Tree kustomization = Tree.read(BASE.resolve("kustomization.yaml"));

    // When
    List<String> files;
    try (Stream<Path> listing = Files.list(BASE)) {
      files =
          listing
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("kustomization.yaml"))
              .toList();
    }

    // Then
    assertThat(List.<Object>copyOf(kustomization.at("resources").list()))
        .containsExactlyInAnyOrderElementsOf(files);
  }

  private static Stream<String> replicasOfCompose() {
    return COMPOSE.at("services").keys().filter(name -> name.startsWith("carillon"));
  }

  private static int lastStageOf(List<String> dockerfile) {
    int from = 0;
    for (int line = 0; line < dockerfile.size(); line++) {
      from = dockerfile.get(line).startsWith("FROM ") ? line : from;
    }
    return from;
  }

  /** A part of a YAML document. */
  private record Tree(Object value) {

    static Tree read(Path file) {
      try (Reader reader = Files.newBufferedReader(file)) {
        return new Tree(new Yaml(new SafeConstructor(new LoaderOptions())).load(reader));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    Tree at(String... path) {
      Object at = value;
      for (String name : path) {
        at = at instanceof Map<?, ?> map ? map.get(name) : null;
        assertThat(at).as(String.join(".", path)).isNotNull();
      }
      return new Tree(at);
    }

    boolean has(String name) {
      return ((Map<?, ?>) value).containsKey(name);
    }

    Stream<String> keys() {
      return ((Map<?, ?>) value).keySet().stream().map(String::valueOf);
    }

    List<?> list() {
      return (List<?>) value;
    }
  }
}
