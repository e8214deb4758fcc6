package io.carillon.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

  /** The examples of RFC 7396, appendix A, but for those that take away what is not there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':'b'}         | {'a':'c'}                  | {'a':'c'}",
        "{'a':'b'}         | {'b':'c'}                  | {'a':'b','b':'c'}",
        "{'a':'b'}         | {'a':null}                 | {}",
        "{'a':'b','b':'c'} | {'a':null}                 | {'b':'c'}",
        "{'a':['b']}       | {'a':'c'}                  | {'a':'c'}",
        "{'a':'c'}         | {'a':['b']}                | {'a':['b']}",
        "{'a':{'b':'c'}}   | {'a':{'b':'d'}}            | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]} | {'a':[1]}                  | {'a':[1]}",
        "['a','b']         | ['c','d']                  | ['c','d']",
        "{'a':'b'}         | ['c']                      | ['c']",
        "{'a':'foo'}       | null                       | null",
        "{'e':null}        | {'a':1}                    | {'e':null,'a':1}",
        "[1,2]             | {'a':'b'}                  | {'a':'b'}",
        "{'a':[{'b':'c'}]} | {'a':{'b':{'c':1}}}        | {'a':{'b':{'c':1}}}"
      })
  void mergesAsTheRfcSays(String target, String patch, String merged) {
    assertThat(MergePatch.merge(read(target), read(patch))).isEqualTo(read(merged));
  }

  @Test
  void remembersWhatWasTakenAwayWithoutHavingBeenThere() {
    assertThat(MergePatch.merge(read("{}"), read("{'tpyo':null}")))
        .isInstanceOfSatisfying(
            Json.Obj.class,
            merged -> assertThat(merged.member("tpyo")).contains(Json.Nothing.REMOVED));
  }

  @Test
  void anotherTypeTakesNothingOver() {
    assertThat(
            MergePatch.merge(
                read("{'type':'duration','every':'PT1S','from':'schedule'}"),
                read("{'type':'cron','expression':'* * * * *','every':null}")))
        .isEqualTo(read("{'type':'cron','expression':'* * * * *'}"));
  }

  private static Json read(String singleQuoted) {
    return JsonReader.read(singleQuoted.replace('\'', '"'));
  }
}
