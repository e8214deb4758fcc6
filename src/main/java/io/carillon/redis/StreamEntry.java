package io.carillon.redis;

import io.vertx.redis.client.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** One entry of a stream: its id and its fields, of which an empty one is as good as none. */
record StreamEntry(String id, Map<String, String> fields) {

  static StreamEntry read(Response entry) {
    Map<String, String> fields = new LinkedHashMap<>();
    Response pairs = entry.get(1);
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
    }
    return new StreamEntry(entry.get(0).toString(), fields);
  }

  String text(String field) {
    return fields.getOrDefault(field, "");
  }
}
