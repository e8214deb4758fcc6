package io.carillon.api;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Document;
import io.carillon.api.json.Json;
import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import io.carillon.api.problem.ErrorDocument;
import io.carillon.api.problem.ProblemKind;
import io.carillon.api.problem.Problems;
import io.carillon.engine.Answers;
import io.carillon.engine.Answers.Answer;
import io.carillon.engine.Answers.Begun;
import io.carillon.engine.Answers.Kept;
import io.carillon.engine.Answers.Standing;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests with an {@code Idempotency-Key}: a repeated one is answered as the first was, and has no
 * effect of its own. What was refused has done nothing, so it gives its key back: the same key may
 * then be tried with a better body, or at a better time.
 */
@Singleton
public class Repetitions {

  public static final String KEY = "Idempotency-Key";

  /** For the OpenAPI document. */
  public static final String KEY_MEANING =
      "Makes it safe to repeat the request: at most 255 characters, with or without quotes. A repeated"
          + " one with the same body gets the first answer again, with Idempotency-Replayed: true, for"
          + " 24 hours.";

  private static final String REPLAYED = "Idempotency-Replayed";

  private static final Pattern FORM =
      Pattern.compile("\"([ !#-\\[\\]-~]{1,255})\"|([!#-\\[\\]-~]{1,255})");

  private static final List<String> KEPT_HEADERS = List.of("Location", "ETag");

  private final Answers answers;

  Repetitions(Answers answers) {
    this.answers = answers;
  }

  /**
   * Does something once.
   *
   * @param header the value of {@code Idempotency-Key}; null where the caller gave none
   * @param operation what is to be done, and to which thing
   * @param body with what
   * @param work does it; its answer holds a {@link Document}
   */
  public Response once(String header, String operation, Json body, Supplier<Response> work) {
    if (header == null) {
      return work.get();
    }
    Standing standing = answers.begin(key(header), told(operation, body));
    if (standing instanceof Begun claim) {
      return carryOut(claim, work);
    } else if (standing instanceof Kept kept) {
      return again(kept.answer());
    } else if (standing instanceof Answers.InProgress) {
      throw ProblemKind.CONFLICT.problem("The first request with this key is still in progress.");
    }
    throw ProblemKind.IDEMPOTENCY_KEY_REUSED.problem(
        "The key was given to another request: another body, path or operation.");
  }

  private Response carryOut(Begun claim, Supplier<Response> work) {
    boolean done = false;
    try {
      Response response = work.get();
      done = true;
      answers.keep(claim, answer(response));
      return response;
    } finally {
      if (!done) {
        answers.release(claim);
      }
    }
  }

  private static Answer answer(Response response) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : KEPT_HEADERS) {
      String value = response.getHeaderString(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    String body = JsonText.of(Rendering.of((Record) response.getEntity()));
    return new Answer(response.getStatus(), headers, body);
  }

  private static Response again(Answer answer) {
    Response.ResponseBuilder again =
        Response.status(answer.status())
            .entity(answer.body())
            .type(MediaType.APPLICATION_JSON_TYPE)
            .header(REPLAYED, "true");
    answer.headers().forEach(again::header);
    return again.build();
  }

  private static String key(String header) {
    Matcher form = FORM.matcher(header.strip());
    if (!form.matches()) {
      throw Problems.invalidParameters(
          List.of(
              ErrorDocument.ofParameter(
                  KEY,
                  Codes.MALFORMED,
                  "The key must have 1 to 255 visible ASCII characters, without quotes or"
                      + " backslashes inside.")));
    }
    return form.group(1) != null ? form.group(1) : form.group(2);
  }

  private static String told(String operation, Json body) {
    String text = operation + '\n' + (body == null ? "" : JsonText.of(body));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
