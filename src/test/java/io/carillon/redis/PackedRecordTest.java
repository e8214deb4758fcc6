package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.redis.PackedRecord.Values;
import io.carillon.redis.Schema.JobField;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java and Lua agree on each record, to the byte. */
class PackedRecordTest {

  private static final int TRIES = 200;

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  /** A record with its name in Lua. */
  record Known<F extends Enum<F> & PackedField>(
      String name, PackedRecord<F> schema, Class<F> fields) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Known<?>> records() {
    return Stream.of(
        new Known<>("job", Schema.JOB, Schema.JobField.class),
        new Known<>("terms", Schema.TERMS, Schema.TermField.class),
        new Known<>("run", Schema.RUN, Schema.RunField.class),
        new Known<>("ended", Schema.ENDED, Schema.EndedField.class),
        new Known<>("pause", Schema.PAUSE, Schema.PauseField.class),
        new Known<>("event", Schema.EVENT, Schema.EventField.class));
  }

  @ParameterizedTest
  @MethodSource("records")
  <F extends Enum<F> & PackedField> void luaReadsAndWritesWhatJavaWrote(Known<F> known) {
    Random random = new Random(known.name().hashCode());
    for (int i = 0; i < TRIES; i++) {
      // Given
      Object[] values =
          Arrays.stream(known.fields().getEnumConstants())
              .map(field -> value(field.type(), random))
              .toArray();
      byte[] written = known.schema().write(field -> values[field.ordinal()]);

      // When
      byte[] again = throughLua(known.name(), written);

      // Then
      assertThat(again).isEqualTo(written);
      Values<F> read = known.schema().read(again);
      for (F field : known.fields().getEnumConstants()) {
        Object expected = values[field.ordinal()];
        Object actual = read.value(field);
        assertThat(actual).isEqualTo(expected);
      }
    }
  }

  private static Object value(PackedType type, Random random) {
    return switch (type) {
      case BYTE -> (long) random.nextInt(1 << 8);
      case COUNT -> random.nextLong(1L << 32);
      case MILLIS -> random.nextLong(1L << 48);
      // Lua counts in doubles.
      case MICROS -> random.nextLong(1L << 53);
      case WORD ->
          random
              .ints(random.nextInt(20), 1, 0x250)
              .mapToObj(Character::toString)
              .reduce("", String::concat);
      case TEXT -> {
        byte[] text = new byte[random.nextInt(300)];
        random.nextBytes(text);
        yield text;
      }
    };
  }

  private static byte[] throughLua(String name, byte[] record) {
    String script = Schema.lua() + "return write_%1$s(read_%1$s(ARGV[1]))".formatted(name);
    Response reply =
        REDIS
            .queries()
            .call(Request.cmd(Command.EVAL).arg(script).arg(0).arg(Buffer.buffer(record)));
    return reply.toBytes();
  }

  @Test
  void bytesOfAnotherRecordAreNone() {
    // Given
    byte[] pause = Schema.PAUSE.write(field -> field.type().isNumber() ? 1L : "");

    // When // Then
    assertThatThrownBy(() -> Schema.JOB.read(pause)).isInstanceOf(IllegalArgumentException.class);
    assertThat(luaReads("job", pause)).isFalse();
    assertThat(luaReads("pause", pause)).isTrue();
  }

  @Test
  void aRecordThatWasCutIsNone() {
    // Given
    byte[] job = Schema.JOB.write(PackedRecordTest::something);

    for (int length = 0; length < job.length; length++) {
      // When
      byte[] cut = Arrays.copyOf(job, length);

      // Then
      assertThatThrownBy(() -> Schema.JOB.read(cut)).isInstanceOf(IllegalArgumentException.class);
      assertThat(luaReads("job", cut)).isFalse();
    }
  }

  private static Object something(JobField field) {
    return field.type().isNumber() ? 1L : "word";
  }

  private static boolean luaReads(String name, byte[] record) {
    String script = Schema.lua() + "return read_%s(ARGV[1]) and 1 or 0".formatted(name);
    return REDIS
            .queries()
            .call(Request.cmd(Command.EVAL).arg(script).arg(0).arg(Buffer.buffer(record)))
            .toInteger()
        == 1;
  }

  @Test
  void aNumberThatDoesNotFitIsRefused() {
    Function<JobField, Object> tooLarge =
        field -> field == JobField.STARTED ? 1L << 32 : something(field);
    assertThatThrownBy(() -> Schema.JOB.write(tooLarge)).hasMessageContaining("does not fit");
  }
}
