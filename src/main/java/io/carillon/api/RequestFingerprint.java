package io.carillon.api;

import io.carillon.api.json.Json;
import io.carillon.api.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tells a request from another one under the same idempotency key: its operation and its body.
 * The order of members and white space between values make no difference, nor does how characters
 * of a string are escaped. Everything else does, and of a number how it is written: a receiver is
 * sent 1.0 where the payload says 1.0.
 */
final class RequestFingerprint {

  private RequestFingerprint() {}

  /**
   * @param operation what is to be done, and to which thing
   * @param body {@link Json.Nothing} where there is none
   */
  static String of(String operation, Json body) {
    String text = operation + '\n' + JsonText.of(sorted(body));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Json sorted(Json value) {
    if (value instanceof Json.Obj object) {
      Map<String, Json> members = new TreeMap<>();
      object.members().forEach((name, member) -> members.put(name, sorted(member)));
      return Json.Obj.of(members);
    } else if (value instanceof Json.Arr list) {
      return new Json.Arr(list.items().stream().map(RequestFingerprint::sorted).toList());
    }
    return value;
  }
}
