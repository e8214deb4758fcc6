package io.carillon.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiSettings;
import io.carillon.api.json.BeanConstraints;
import io.carillon.api.json.Binder;
import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.Json;
import io.carillon.api.json.JsonReader;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violation.Grade;
import io.carillon.job.Definition;
import io.carillon.job.MisfirePolicy;
import io.carillon.job.Pause;
import io.carillon.job.RetryPolicy;
import io.carillon.job.StatusPattern;
import io.carillon.job.Target.Body;
import io.carillon.schedule.CronSchedule;
import io.carillon.schedule.OnceSchedule;
import jakarta.validation.Validation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftsTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String SCHEDULE = "'schedule':{'type':'duration','every':'PT1H'}";
  private static final String TARGET = "'target':{'url':'https://example.com/hook'}";

  private static final Binder BINDER =
      new Binder(new BeanConstraints(Validation.buildDefaultValidatorFactory().getValidator()));

  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");

  private final Drafts drafts =
      new Drafts(BINDER, new ApiSettings(Duration.ofSeconds(1)), InstantSource.fixed(NOW));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'name':''                             | #/name                  | empty          | VALUE",
        "'tags':['a b']                        | #/tags/0                | malformed      | VALUE",
        "'tags':null                           | #/tags                  | wrong-type     | FORM",
        "'startAt':'2030-01-01T00:00:00Z','endAt':'2030-01-01T00:00:00Z' | #/endAt | conflicting | VALUE",
        "'endAt':'1969-12-31T23:59:59.999Z'    | #/endAt                 | out-of-range   | VALUE",
        "'endAt':'1970-01-01T00:00:00+00:01'   | #/endAt                 | out-of-range   | VALUE",
        "'maxRuns':0                           | #/maxRuns               | out-of-range   | VALUE",
        "'maxRuns':2147483648                  | #/maxRuns               | out-of-range   | VALUE",
        "'maxRuns':-99999999999999999999       | #/maxRuns               | out-of-range   | VALUE",
        "'maxRuns':1.0                         | #/maxRuns               | wrong-type     | FORM",
        "'retry':{'maxAttempts':4294967297}    | #/retry/maxAttempts     | out-of-range   | VALUE",
        "'concurrency':{'limit':9999999999}    | #/concurrency/limit     | out-of-range   | VALUE",
        "'concurrency':{'limit':1,'maxQueue':9999999999} | #/concurrency/maxQueue | out-of-range | VALUE",
        "'misfire':{'maxCatchUp':9999999999}   | #/misfire/maxCatchUp    | out-of-range   | VALUE",
        "'failure':{'pauseAfter':9999999999}   | #/failure/pauseAfter    | out-of-range   | VALUE",
        "'runOnCreate':'yes'                   | #/runOnCreate           | wrong-type     | FORM",
        "'jitter':'-PT1S'                      | #/jitter                | malformed      | VALUE",
        "'jitter':'P1M'                        | #/jitter                | malformed      | VALUE",
        "'jitter':'P2D'                        | #/jitter                | out-of-range   | VALUE",
        "'guard':{}                            | #/guard/url             | required       | VALUE",
        "'guard':{'url':'ftp://a/'}            | #/guard/url             | malformed      | VALUE",
        "'guard':{'url':'http://0x7f.1/'}      | #/guard/url             | malformed      | VALUE",
        "'retry':{'maxAttempts':0}             | #/retry/maxAttempts     | out-of-range   | VALUE",
        "'retry':{'multiplier':0.5}            | #/retry/multiplier      | out-of-range   | VALUE",
        "'retry':{'jitter':1.1}                | #/retry/jitter          | out-of-range   | VALUE",
        "'retry':{'initialDelay':'PT2S','maxDelay':'PT1S'} | #/retry/maxDelay | out-of-range | VALUE",
        "'concurrency':{}                      | #/concurrency/limit     | required       | VALUE",
        "'concurrency':{'limit':0}             | #/concurrency/limit     | out-of-range   | VALUE",
        "'concurrency':{'limit':1,'onLimit':'wait'} | #/concurrency/onLimit | unknown     | VALUE",
        "'misfire':{'policy':'fire_once'}      | #/misfire/policy        | unknown        | VALUE",
        "'misfire':{'maxCatchUp':0}            | #/misfire/maxCatchUp    | out-of-range   | VALUE",
        "'misfire':{'threshold':'PT0S'}        | #/misfire/threshold     | out-of-range   | VALUE",
        "'misfire':{'threshold':'PT0.999S'}    | #/misfire/threshold     | out-of-range   | VALUE",
        "'failure':{'pauseAfter':0}            | #/failure/pauseAfter    | out-of-range   | VALUE",
        "'id':'x'                              | #/id                    | read-only      | FORM",
        "'state':'active'                      | #/state                 | read-only      | FORM",
        "'revision':1                          | #/revision              | read-only      | FORM",
        "'lastRun':null                        | #/lastRun               | read-only      | FORM"
      })
  void tellsWhatIsWrongWithAJob(String members, String pointer, String code, Grade grade) {
    assertThat(faults("{" + SCHEDULE + "," + TARGET + "," + members + "}"))
        .containsExactly(pointer + " " + code + " " + grade);
  }

  @Test
  void aPauseThatCameBackBeganInNoYearBefore1970() {
    String paused = "'id':'x','state':'paused','pause':{'since':'1960-01-01T00:00:00Z'}";

    assertThat(
            faultsOf(() -> drafts.ofItem(read("{" + SCHEDULE + "," + TARGET + "," + paused + "}"))))
        .containsExactly("#/pause/since out-of-range VALUE");
  }

  /** They fix a phase, and never become due. */
  @Test
  void aScheduleMayBeginInAnyYear() {
    Definition phased =
        accepted("{" + SCHEDULE + "," + TARGET + ",'startAt':'1960-01-01T00:00:00Z'}");
    Definition once =
        accepted(
            "{'schedule':{'type':'once','at':['1960-01-01T00:00:00Z','2099-01-01T00:00:00Z']},"
                + TARGET
                + "}");

    assertThat(phased.startAt()).contains(Instant.parse("1960-01-01T00:00:00Z"));
    assertThat(((OnceSchedule) once.schedule()).at()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                     | /type       | required     | VALUE",
        "{'type':'hourly'}                      | /type       | unknown      | VALUE",
        "{'type':'duration'}                    | /every      | required     | VALUE",
        "{'type':'duration','every':'PT0.5S'}   | /every      | out-of-range | VALUE",
        "{'type':'duration','every':'-PT5S'}    | /every      | malformed    | VALUE",
        "{'type':'duration','every':'P1M'}      | /every      | malformed    | VALUE",
        "{'type':'duration','every':'PT0S'}     | /every      | out-of-range | VALUE",
        "{'type':'duration','every':5}          | /every      | wrong-type   | FORM",
        "{'type':'random-duration','min':'PT5S','max':'PT5S'} | /max | out-of-range | VALUE",
        "{'type':'random-duration','min':'PT0.5S','max':'PT5S'} | /min | out-of-range | VALUE",
        "{'type':'cron','expression':'nonsense'} | /expression | malformed   | VALUE",
        "{'type':'cron','expression':'* * * * *','timezone':'Nowhere'} | /timezone | unknown | VALUE",
        "{'type':'cron','expression':'@every 0.5s'} | /expression | out-of-range | VALUE",
        "{'type':'daily','at':[]}               | /at         | empty        | VALUE",
        "{'type':'daily','at':['25:00']}        | /at/0       | malformed    | VALUE",
        "{'type':'daily'}                       | /at         | required     | VALUE",
        "{'type':'daily','at':['09:00'],'every':0} | /every   | out-of-range | VALUE",
        "{'type':'weekly','on':[],'at':['09:00']} | /on       | empty        | VALUE",
        "{'type':'weekly','on':['Monday'],'at':['09:00']} | /on/0 | unknown  | VALUE",
        "{'type':'monthly','on':[32],'at':['09:00']} | /on/0  | out-of-range | VALUE",
        "{'type':'monthly','on':[9999999999],'at':['09:00']} | /on/0 | out-of-range | VALUE",
        "{'type':'daily','every':9999999999,'at':['09:00']} | /every | out-of-range | VALUE",
        "{'type':'once','at':[]}                | /at         | empty        | VALUE",
        "{'type':'event','events':[]}           | /events     | empty        | VALUE",
        "{'type':'event','events':['job.born']} | /events/0   | unknown      | VALUE"
      })
  void tellsWhatIsWrongWithASchedule(String schedule, String pointer, String code, Grade grade) {
    assertThat(faults("{'schedule':" + schedule + "," + TARGET + "}"))
        .containsExactly("#/schedule" + pointer + " " + code + " " + grade);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                  | /url            | required",
        "{'url':''}                          | /url            | malformed",
        "{'url':'/relative'}                 | /url            | malformed",
        "{'url':'ftp://example.com/'}        | /url            | malformed",
        "{'url':'http:opaque'}               | /url            | malformed",
        "{'url':'http://user:pw@example.com/'} | /url          | malformed",
        "{'url':'http://under score/'}       | /url            | malformed",
        "{'url':'http://bücher.example/'}    | /url            | malformed",
        "{'url':'http://2130706433/'}        | /url            | malformed",
        "{'url':'http://0177.0.0.1/'}        | /url            | malformed",
        "{'url':'http://a:0/'}               | /url            | out-of-range",
        "{'url':'http://a:65536/'}           | /url            | out-of-range",
        "{'url':'http://a/','method':'post'} | /method         | malformed",
        "{'url':'http://a/','method':'TRACE'} | /method        | malformed",
        "{'url':'http://a/','timeout':'PT0.099S'} | /timeout   | out-of-range",
        "{'url':'http://a/','timeout':'PT30M0.001S'} | /timeout | out-of-range",
        "{'url':'http://a/','success':[]}    | /success        | empty",
        "{'url':'http://a/','success':['2XX']} | /success/0    | malformed",
        "{'url':'http://a/','success':['600']} | /success/0    | malformed",
        "{'url':'http://a/','completion':'later'} | /completion | unknown",
        "{'url':'http://a/','headers':{'a b':'c'}} | /headers/a%20b | malformed",
        "{'url':'http://a/','headers':{'a':'b\\r\\nc: d'}} | /headers/a | malformed",
        "{'url':'http://a/','headers':{'Host':'b'}} | /headers/Host | reserved",
        "{'url':'http://a/','headers':{'content-LENGTH':'1'}} | /headers/content-LENGTH | reserved",
        "{'url':'http://a/','headers':{'Webhook-Id':'b'}} | /headers/Webhook-Id | reserved",
        "{'url':'http://a/','headers':{'carillon-x':'b'}} | /headers/carillon-x | reserved",
        "{'url':'http://a/','headers':{'X':'1','x':'2'}} | /headers/x | repeated-member",
        "{'url':'http://a/','signingSecret':'hunter2'} | /signingSecret | malformed",
        "{'url':'http://a/','signingSecret':'whsec_c2hvcnQ='} | /signingSecret | malformed",
        "{'url':'http://a/','signingSecret':'whsec_****'} | /signingSecret | unknown"
      })
  void tellsWhatIsWrongWithATarget(String target, String pointer, String code) {
    assertThat(faults("{" + SCHEDULE + ",'target':" + target + "}"))
        .containsExactly("#/target" + pointer + " " + code + " VALUE");
  }

  @Test
  void tellsEverythingAtOnceWithoutEchoes() {
    assertThat(
            faults(
                "{'id':'a','nmae':'x','schedule':{'type':'weekly','on':['friday',5],'at':['9']},"
                    + "'target':{'url':5,'timeout':'soon'},'retry':{'maxAttempts':'3'}}"))
        .containsExactlyInAnyOrder(
            "#/id read-only FORM",
            "#/nmae unknown-member FORM",
            "#/schedule/on/1 wrong-type FORM",
            "#/schedule/at/0 malformed VALUE",
            "#/target/url wrong-type FORM",
            "#/target/timeout malformed VALUE",
            "#/retry/maxAttempts wrong-type FORM");
  }

  @Test
  void anEmptyDocumentLacksItsTwoRequiredMembers() {
    assertThat(faults("{}"))
        .containsExactlyInAnyOrder("#/schedule required VALUE", "#/target required VALUE");
  }

  @Test
  void fillsInTheDefaults() {
    // When
    Definition definition =
        drafts.ofNew(read("{" + SCHEDULE + "," + TARGET + "}")).on(Optional.empty());

    // Then
    assertThat(definition.target().method()).isEqualTo("POST");
    assertThat(definition.target().timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(definition.target().success()).containsExactly(StatusPattern.SUCCESSFUL);
    assertThat(definition.target().headers()).isEqualTo(Map.of());
    assertThat(definition.retry()).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(definition.misfire()).isEqualTo(MisfirePolicy.DEFAULT);
    assertThat(definition.concurrency()).isEmpty();
    assertThat(definition.pauseAfter()).isEmpty();
    assertThat(definition.jitter()).isZero();
    assertThat(definition.runOnCreate()).isFalse();
  }

  @Test
  void aNameThatOnlyContainersHaveIsAHostOfTargetsAndGuards() {
    // When
    Definition definition =
        drafts
            .ofNew(
                read(
                    "{"
                        + SCHEDULE
                        + ",'target':{'url':'http://billing_api:8080/hook'}"
                        + ",'guard':{'url':'http://may_i/'}}"))
            .on(Optional.empty());

    // Then
    assertThat(definition.target().url()).hasToString("http://billing_api:8080/hook");
    assertThat(definition.guard().orElseThrow().url()).hasToString("http://may_i/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'hello'        | hello         | text/plain; charset=utf-8",
        "''             | ``            | text/plain; charset=utf-8",
        "{'a':[1.50]}   | {'a':[1.50]}  | application/json",
        "7              | 7             | application/json",
        "false          | false         | application/json"
      })
  void aGivenBodyIsSentAsItIs(String body, String content, String contentType) {
    // When
    Definition definition =
        drafts
            .ofNew(read("{" + SCHEDULE + ",'target':{'url':'http://a/','body':" + body + "}}"))
            .on(Optional.empty());

    // Then
    assertThat(definition.target().body())
        .contains(new Body(content.replace('\'', '"'), contentType));
  }

  @Test
  void keepsTheStoredSecretWhereItsMaskComesBack() {
    // Given
    Definition stored = withSecret(SECRET);
    Draft draft = drafts.of("a", withSecretJson("whsec_****"));

    // Then
    assertThat(draft.on(Optional.of(stored)).target().signingSecret()).contains(SECRET);
    assertThat(faultsOf(() -> draft.on(Optional.empty())))
        .containsExactly("#/target/signingSecret unknown VALUE");
  }

  @Test
  void makesADifferentSecretEachTime() {
    // Given
    Draft draft = drafts.of("a", withSecretJson("generate"));

    // When
    String one = draft.on(Optional.empty()).target().signingSecret().orElseThrow();
    String other = draft.on(Optional.empty()).target().signingSecret().orElseThrow();

    // Then
    assertThat(one).startsWith("whsec_").isNotEqualTo(other);
    assertThat(Secrets.isWellFormed(one)).isTrue();
  }

  @Test
  void aPatchChangesOnlyWhatItNames() {
    // Given
    Definition stored = withSecret(SECRET);

    // When
    Definition patched =
        drafts.ofPatch("a", stored, read("{'name':'n','schedule':{'every':'PT2H'}}"));

    // Then
    assertThat(patched.name()).contains("n");
    assertThat(patched.schedule().describe()).contains("2 hours");
    assertThat(patched.target()).isEqualTo(stored.target());
  }

  @Test
  void aPatchMayReplaceAScheduleByOneOfAnotherType() {
    // Given
    Definition stored = withSecret(SECRET);

    // When
    Definition patched =
        drafts.ofPatch("a", stored, read("{'schedule':{'type':'cron','expression':'0 2 * * *'}}"));

    // Then
    assertThat(patched.schedule()).isInstanceOf(CronSchedule.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'tpyo':null}", "{'target':{'tpyo':null}}", "{'state':null}", "[]"})
  void aPatchCannotTakeAwayWhatThereIsNot(String patch) {
    assertThat(faultsOf(() -> drafts.ofPatch("a", withSecret(SECRET), read(patch))))
        .singleElement()
        .asString()
        .endsWith("FORM");
  }

  @Test
  void aPatchMayTakeAwayWhatIsNotSetAnyway() {
    assertThat(
            faultsOf(
                () ->
                    drafts.ofPatch(
                        "a", withSecret(SECRET), read("{'tags':null,'guard':null,'name':null}"))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'state':'asleep'                            | #/state        | unknown    | VALUE",
        "'state':7                                   | #/state        | wrong-type | FORM",
        "'state':'paused','pause':{'until':'later'}  | #/pause/until  | malformed  | VALUE",
        "'state':'paused','pause':{'why':'x'}        | #/pause/why    | unknown-member | FORM"
      })
  void aPauseThatComesBackHasToBeOne(String members, String pointer, String code, Grade grade) {
    assertThat(
            faultsOf(
                () ->
                    drafts.of(
                        "a", read("{'id':'a'," + SCHEDULE + "," + TARGET + "," + members + "}"))))
        .containsExactly(pointer + " " + code + " " + grade);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'state':'active'                                        | false",
        "'state':'completed'                                     | false",
        "'pause':{'reason':'x'}                                  | false",
        "'state':'paused'                                        | true",
        "'state':'paused','pause':{'until':'2026-12-01T09:00:00.001Z'} | true",
        "'state':'paused','pause':{'until':'2026-12-01T09:00:00Z'}     | false"
      })
  void aJobComesBackPausedUnlessItsPauseIsOver(String members, boolean paused) {
    // When
    Draft draft = drafts.ofItem(read("{'id':'a'," + SCHEDULE + "," + TARGET + "," + members + "}"));

    // Then
    assertThat(draft.pause().isPresent()).isEqualTo(paused);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T09:00:00Z,2026-11-30T09:00:00Z",
    "2026-12-02T09:00:00Z,2026-12-01T09:00:00Z"
  })
  void aPauseThatComesBackHasLastedSinceThenButNotSinceTomorrow(String told, Instant since) {
    // When
    Draft draft =
        drafts.of(
            "a",
            read(
                "{'id':'a','state':'paused','pause':{'reason':'r','since':'"
                    + told
                    + "'},"
                    + SCHEDULE
                    + ","
                    + TARGET
                    + "}"));

    // Then
    assertThat(draft.pause()).contains(new Pause(Optional.of("r"), since, Optional.empty()));
  }

  @Test
  void readOnlyMembersComeBackOnlyTogetherWithTheRightId() {
    String answer = "{'id':'a','revision':7,'state':'paused'," + SCHEDULE + "," + TARGET + "}";

    assertThat(faultsOf(() -> drafts.of("a", read(answer)))).isEmpty();
    assertThat(faultsOf(() -> drafts.of("b", read(answer))))
        .containsExactlyInAnyOrder(
            "#/id conflicting VALUE", "#/revision read-only FORM", "#/state read-only FORM");
  }

  @ParameterizedTest
  @CsvSource({"A,malformed", "-a,malformed", "a-,malformed", "batch,reserved", "export,reserved"})
  void anIdInABatchHasToBeOne(String id, String code) {
    assertThat(
            faultsOf(
                () -> drafts.ofItem(read("{'id':'" + id + "'," + SCHEDULE + "," + TARGET + "}"))))
        .containsExactly("#/id " + code + " VALUE");
  }

  private Definition accepted(String document) {
    return drafts.ofNew(read(document)).on(Optional.empty());
  }

  private List<String> faults(String document) {
    return faultsOf(() -> drafts.ofNew(read(document)));
  }

  private static List<String> faultsOf(Runnable reading) {
    try {
      reading.run();
      return List.of();
    } catch (InvalidDocument invalid) {
      return invalid.violations().stream().map(DraftsTest::told).toList();
    }
  }

  private static String told(Violation violation) {
    return violation.pointer() + " " + violation.code() + " " + violation.grade();
  }

  private Definition withSecret(String secret) {
    return drafts.of("a", withSecretJson(secret)).on(Optional.empty());
  }

  private static Json withSecretJson(String secret) {
    return read("{" + SCHEDULE + ",'target':{'url':'http://a/','signingSecret':'" + secret + "'}}");
  }

  private static Json read(String singleQuoted) {
    return JsonReader.read(singleQuoted.replace('\'', '"'));
  }
}
