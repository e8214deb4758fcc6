package io.carillon.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.job.Definition;
import io.carillon.job.MisfirePolicy;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DefinitionJsonTest {

  private final DefinitionJson codec = new DefinitionJson();

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenReadsBackAsTheSame(@ForAll("definitions") Definition definition) {
    // When
    Definition read = codec.read(codec.write(definition));

    // Then
    assertThat(read).isEqualTo(definition);
  }

  @Example
  void theStoredFormLeavesOutWhatIsUsual() {
    // Given
    String least =
        "{\"schedule\":{\"type\":\"duration\",\"every\":\"PT30S\",\"from\":\"schedule\"},"
            + "\"target\":{\"url\":\"https://example.com/hook\"}}";

    // When
    String written = codec.write(codec.read(least));

    // Then
    assertThat(written).isEqualTo(least);
  }

  /** Once they were accepted; a job with one would never run. */
  @Example
  void aStoredThresholdThatIsTooShortIsReadAsTheLeast() {
    // Given
    String stored =
        "{\"schedule\":{\"type\":\"once\"},\"target\":{\"url\":\"https://example.com/hook\"},"
            + "\"misfire\":{\"policy\":\"skip\",\"threshold\":\"PT0S\"}}";

    // When
    Definition read = codec.read(stored);

    // Then
    assertThat(read.misfire().threshold()).isEqualTo(MisfirePolicy.LEAST_THRESHOLD);
  }

  @Example
  void aUrlThatIsNoLongerAcceptedIsStillRead() {
    // Given
    String stored =
        "{\"schedule\":{\"type\":\"duration\",\"every\":\"PT1H\"},"
            + "\"target\":{\"url\":\"http://0177.0.0.1/\"}}";

    // Then
    assertThat(codec.read(stored).target().url()).hasToString("http://0177.0.0.1/");
  }

  @Example
  void whatCannotBeReadIsRefused() {
    for (String unreadable :
        new String[] {"", "{", "{}", "[]", "{\"schedule\":{\"type\":\"once\"},\"target\":{}}"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> codec.read(unreadable));
    }
  }

  @Provide
  Arbitrary<Definition> definitions() {
    return ArbitraryDefinitions.definitions();
  }
}
