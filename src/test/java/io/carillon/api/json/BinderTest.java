package io.carillon.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.json.Violation.Grade;
import io.carillon.schedule.NamedZone;
import io.carillon.schedule.ZoneNames;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {

  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  private final Binder binder = new Binder(new BeanConstraints(VALIDATOR));

  record Everything(
      String text,
      @Min(1) Integer count,
      Double share,
      Boolean flag,
      Duration length,
      Instant at,
      LocalTime time,
      NamedZone zone,
      URI url,
      DayOfWeek day,
      @Size(min = 1, max = 2) List<@Pattern(regexp = "[a-z]+") String> words,
      Map<String, String> map,
      Json any,
      Part part,
      Shape shape)
      implements Document {}

  record Part(@NotNull String must) implements Document {}

  sealed interface Shape extends Document permits Circle, Square {}

  @Kind("circle")
  record Circle(Integer radius) implements Shape {}

  @Kind("square")
  record Square(Integer side) implements Shape {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'x':1}                       | #/x          | unknown-member  | FORM",
        "{'text':'a','text':'b'}       | #/text       | repeated-member | FORM",
        "{'text':5}                    | #/text       | wrong-type      | FORM",
        "{'text':'\\ud800'}            | #/text       | malformed       | VALUE",
        "{'any':{'\\ud800':1}}         | #/any/?      | malformed       | VALUE",
        "{'any':[{'a':'\\ud800'}]}     | #/any/0/a    | malformed       | VALUE",
        "{'map':{'\\ud800':'a'}}       | #/map/?      | malformed       | VALUE",
        "{'any':[{'\\udc00':1}]}       | #/any/0/?    | malformed       | VALUE",
        "{'count':'2'}                 | #/count      | wrong-type      | FORM",
        "{'count':1.5}                 | #/count      | wrong-type      | FORM",
        "{'count':1.0}                 | #/count      | wrong-type      | FORM",
        "{'count':1e3}                 | #/count      | wrong-type      | FORM",
        "{'count':true}                | #/count      | wrong-type      | FORM",
        "{'count':99999999999}         | #/count      | out-of-range    | VALUE",
        "{'count':0}                   | #/count      | out-of-range    | VALUE",
        "{'share':'1'}                 | #/share      | wrong-type      | FORM",
        "{'share':1e999}               | #/share      | out-of-range    | VALUE",
        "{'flag':'true'}               | #/flag       | wrong-type      | FORM",
        "{'flag':1}                    | #/flag       | wrong-type      | FORM",
        "{'length':30}                 | #/length     | wrong-type      | FORM",
        "{'length':'30s'}              | #/length     | malformed       | VALUE",
        "{'length':'pt30s'}            | #/length     | malformed       | VALUE",
        "{'length':'P'}                | #/length     | malformed       | VALUE",
        "{'length':'PT'}               | #/length     | malformed       | VALUE",
        "{'length':'P1DT'}             | #/length     | malformed       | VALUE",
        "{'length':'-PT30S'}           | #/length     | malformed       | VALUE",
        "{'length':'P1Y'}              | #/length     | malformed       | VALUE",
        "{'length':'PT0.0001S'}        | #/length     | too-fine        | VALUE",
        "{'length':'PT99999999999999999999S'} | #/length | out-of-range | VALUE",
        "{'at':1763791200000}          | #/at         | wrong-type      | FORM",
        "{'at':'2026-12-01'}           | #/at         | malformed       | VALUE",
        "{'at':'2026-12-01T09:00Z'}    | #/at         | malformed       | VALUE",
        "{'at':'2026-12-01T09:00:00'}  | #/at         | malformed       | VALUE",
        "{'at':'2026-02-30T09:00:00Z'} | #/at         | malformed       | VALUE",
        "{'at':'0000-01-01T00:00:00Z'} | #/at         | out-of-range    | VALUE",
        "{'time':'9:00'}               | #/time       | malformed       | VALUE",
        "{'time':'24:00'}              | #/time       | malformed       | VALUE",
        "{'time':'09:00:00.5'}         | #/time       | malformed       | VALUE",
        "{'zone':'Mars/Olympus'}       | #/zone       | unknown         | VALUE",
        "{'zone':'+02:00'}             | #/zone       | unknown         | VALUE",
        "{'zone':'SystemV/EST5'}       | #/zone       | unknown         | VALUE",
        "{'zone':'europe/paris'}       | #/zone       | unknown         | VALUE",
        "{'url':'http://a b'}          | #/url        | malformed       | VALUE",
        "{'day':'MONDAY'}              | #/day        | unknown         | VALUE",
        "{'day':1}                     | #/day        | wrong-type      | FORM",
        "{'words':null}                | #/words      | wrong-type      | FORM",
        "{'words':'a'}                 | #/words      | wrong-type      | FORM",
        "{'words':[]}                  | #/words      | empty           | VALUE",
        "{'words':['a','b','c']}       | #/words      | too-many        | VALUE",
        "{'words':['a','B']}           | #/words/1    | malformed       | VALUE",
        "{'words':['a',null]}          | #/words/1    | wrong-type      | FORM",
        "{'map':[]}                    | #/map        | wrong-type      | FORM",
        "{'map':{'a':1}}               | #/map/a      | wrong-type      | FORM",
        "{'map':{'a':null}}            | #/map/a      | wrong-type      | FORM",
        "{'map':{'a':'','a':''}}       | #/map/a      | repeated-member | FORM",
        "{'any':{'a':[{'b':1,'b':2}]}} | #/any/a/0/b  | repeated-member | FORM",
        "{'part':[]}                   | #/part       | wrong-type      | FORM",
        "{'part':{}}                   | #/part/must  | required        | VALUE",
        "{'part':{'must':null}}        | #/part/must  | required        | VALUE",
        "{'part':{'must':'','m/~ é':0}}| #/part/m~1~0%20%C3%A9 | unknown-member | FORM",
        "{'shape':{}}                  | #/shape/type | required        | VALUE",
        "{'shape':{'type':null}}       | #/shape/type | required        | VALUE",
        "{'shape':{'type':5}}          | #/shape/type | wrong-type      | FORM",
        "{'shape':{'type':'oval'}}     | #/shape/type | unknown         | VALUE",
        "{'shape':{'type':'square','radius':1}} | #/shape/radius | unknown-member | FORM",
        "[]                            | #            | wrong-type      | FORM",
        "null                          | #            | wrong-type      | FORM"
      })
  void tellsEachFaultByItsPlaceItsCodeAndItsGrade(
      String document, String pointer, String code, Grade grade) {
    assertThat(violations(document))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.pointer().text()).isEqualTo(pointer);
              assertThat(violation.code()).isEqualTo(code);
              assertThat(violation.grade()).isEqualTo(grade);
              assertThat(violation.detail()).isNotBlank();
            });
  }

  @Test
  void tellsAllFaultsAtOnceOfBothGrades() {
    assertThat(
            violations(
                "{'x':1,'text':5,'count':0,'length':'1','words':['A',2],'part':{'y':0},"
                    + "'shape':{'type':'circle','radius':'r'},'map':{'k':false}}"))
        .extracting(violation -> violation.pointer().text())
        .containsExactlyInAnyOrder(
            "#/x",
            "#/text",
            "#/count",
            "#/length",
            "#/words/1",
            "#/part/y",
            "#/part/must",
            "#/shape/radius",
            "#/map/k");
  }

  @Test
  void bindsWhatIsRight() {
    // When
    Everything bound =
        binder.bind(
            read(
                "{'text':'a','count':2,'share':1e-1,'flag':true,'length':'P1DT0.5S',"
                    + "'at':'2026-12-01T10:00:00.1239+01:00','time':'09:00:30',"
                    + "'zone':'EST','url':'http://a/','day':'monday','words':['a'],"
                    + "'map':{'k':'v'},'any':null,'part':{'must':''},"
                    + "'shape':{'radius':1,'type':'circle'}}"),
            Everything.class);

    // Then
    assertThat(bound)
        .isEqualTo(
            new Everything(
                "a",
                2,
                0.1,
                true,
                Duration.ofDays(1).plusMillis(500),
                Instant.parse("2026-12-01T09:00:00.123Z"),
                LocalTime.of(9, 0, 30),
                ZoneNames.find("EST").orElseThrow(),
                URI.create("http://a/"),
                DayOfWeek.MONDAY,
                List.of("a"),
                Map.of("k", "v"),
                null,
                new Part(""),
                new Circle(1)));
  }

  @Test
  void renderingIsTheWayBack() {
    // Given
    String text =
        "{'text':'a','count':2,'share':0.1,'flag':true,'length':'PT24H',"
            + "'at':'2026-12-01T09:00:00.000Z','time':'09:00','zone':'HST','url':'http://a/',"
            + "'day':'monday','words':['a'],'map':{'k':'v'},'any':[1.50,null],'part':{'must':''},"
            + "'shape':{'type':'square','side':3}}";

    // When
    Json rendered = Rendering.of(binder.bind(read(text), Everything.class));

    // Then
    assertThat(JsonText.of(rendered)).isEqualTo(text.replace('\'', '"'));
  }

  @Test
  void anAnswerNeverGrowsWithTheNumberOfFaultsBeyondMeasure() {
    // Given
    StringBuilder document = new StringBuilder("{'a0':0");
    for (int i = 1; i < 5_000; i++) {
      document.append(",'a").append(i).append("':0");
    }

    // Then
    assertThat(violations(document.append('}').toString())).hasSize(1_000);
  }

  private List<Violation> violations(String document) {
    try {
      binder.bind(read(document), Everything.class);
      return List.of();
    } catch (InvalidDocument invalid) {
      return invalid.violations();
    }
  }

  private static Json read(String singleQuoted) {
    return JsonReader.read(singleQuoted.replace('\'', '"'));
  }
}
