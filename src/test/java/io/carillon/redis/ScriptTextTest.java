package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.redis.Keys.Known;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts are held to what their heads say. */
class ScriptTextTest {

  private static final Set<String> READ_ONLY =
      Set.of("audit", "find-jobs", "list-jobs", "list-next-runs", "replicas", "time");

  /** Or with removals only: there is no half of what they do. */
  private static final Set<String> WITH_ONE_WRITE =
      Set.of(
          "check-format",
          "claim-idempotency-key",
          "forget-idempotency-key",
          "is-full",
          "release-idempotency-key");

  static Stream<String> scripts() throws IOException, URISyntaxException {
    Path directory = Path.of(ScriptTextTest.class.getResource("/redis/prelude.lua").toURI());
    try (Stream<Path> files = Files.list(directory.getParent())) {
      return files
          .map(file -> file.getFileName().toString().replace(".lua", ""))
          .filter(name -> !name.equals("prelude"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static ScriptText load(String name) {
    return ScriptText.load(name, Keys.FIRST, RedisSettings.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void nothingIsUsedThatNobodyDeclares(String name) {
    assertThat(LuaNames.undeclared(load(name).text())).isEmpty();
  }

  /** Where there are several nodes, the key says which of them is asked. */
  @ParameterizedTest
  @MethodSource("scriptsByThemselves")
  void everyScriptIsSentAKey(String name) {
    assertThat(load(name).keys()).isNotEmpty();
  }

  @Test
  void aKeyThatOnlyAnUnusedFunctionOfAnIncludedFileTakesIsNotSent() {
    assertThat(load("cancel").head().keys()).doesNotContain(Known.PAUSES);
    assertThat(load("cancel").keys()).contains(Known.PAUSES);
    assertThat(load("take").keys()).contains(Known.DEFINITIONS).doesNotContain(Known.PAUSES);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyArgumentThatTheHeadNamesIsUsed(String name) throws IOException {
    // Given
    String body;
    try (var file = ScriptTextTest.class.getResourceAsStream("/redis/" + name + ".lua")) {
      body = new String(file.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
    }

    // When // Then
    assertThat(load(name).head().arguments())
        .allMatch(argument -> Pattern.compile("\\b" + argument + "\\b").matcher(body).find());
  }

  static Stream<String> scriptsByThemselves() throws IOException, URISyntaxException {
    Set<String> included =
        scripts()
            .flatMap(name -> load(name).head().includes().stream())
            .collect(Collectors.toSet());
    return scripts().filter(name -> !included.contains(name));
  }

  static Stream<String> scriptsOfSeveralWrites() throws IOException, URISyntaxException {
    return scriptsByThemselves()
        .filter(name -> !READ_ONLY.contains(name) && !WITH_ONE_WRITE.contains(name));
  }

  @ParameterizedTest
  @MethodSource("scriptsOfSeveralWrites")
  void whatAScriptDoesAtTheMemoryLimitIsDecidedBeforeItsFirstWrite(String name) {
    assertThat(load(name).head().includes().get(0)).isIn("drains", "grows");
  }

  @Test
  void anIncludedFileStandsOnceAndBehindWhatItBuildsOn() {
    // When
    String text = load("claim").text();

    // Then
    assertThat(text.split("local function put\\(", -1)).hasSize(2);
    assertThat(text.indexOf("local function hold(")).isGreaterThan(text.indexOf("function put("));
    assertThat(text.indexOf("local function admit(")).isGreaterThan(text.indexOf("function hold("));
    assertThat(text).doesNotContain("include '");
  }

  @Test
  void aFunctionIsThereWhereItIsUsedAndNowhereElse() {
    assertThat(load("cancel").text()).contains("local function job_of(id)");
    assertThat(load("time").text()).contains("local function now()").doesNotContain("job_of");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "cancel,     run.state == 'running',  run.stat",
        "cancel,     run.state == 'running',  run.state == 'runing'",
        "cancel,     reason 'cancelled',      reason 'canceled'",
        "delete-job, 'job.deleted',           'job.erased'",
        "set-state,  job.state == 'paused',   job.state == 'running'"
      })
  void aWordThatNoCatalogueHasIsRefusedWithItsFileAndLine(
      String name, String word, String instead) {
    // Given
    RedisScript script = RedisScript.load(name, Keys.FIRST, RedisSettings.DEFAULT);

    // When // Then
    assertThatThrownBy(() -> script.edited(text -> ScriptEdits.replace(text, word, instead)))
        .hasMessageStartingWith(name + ".lua:")
        .hasMessageEndingWith(instead);
  }

  @Test
  void anErrorTellsTheFileAndItsLine() {
    // Given
    ScriptText script = load("cancel");
    List<String> lines = List.of(script.text().split("\n"));
    int line = lines.indexOf("local function promote(jobs, at)") + 1;

    // When
    String error = script.located("ERR user_script:" + line + ": what happened");

    // Then
    assertThat(error).matches("ERR slots\\.lua:\\d+: what happened");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.call('GET', LEASE)",
        "local lease = held_by(replica)",
        "local job = item(1)",
        "return epoch"
      })
  void whatIsNotDeclaredIsFound(String line) {
    // Given
    String script = load("time").text();

    // When
    List<String> found = LuaNames.undeclared(script + line + '\n');

    // Then
    assertThat(found).isNotEmpty();
  }

  @Test
  void anArgumentThatTheHeadDoesNotNameIsRefused() {
    // Given
    ScriptCall call = RedisScript.load("time", Keys.FIRST, RedisSettings.DEFAULT).call();

    // When // Then
    assertThatThrownBy(() -> call.with("zone", "UTC")).hasMessageContaining("zone");
  }
}
