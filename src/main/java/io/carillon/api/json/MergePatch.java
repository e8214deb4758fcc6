package io.carillon.api.json;

import io.carillon.api.json.Json.Nothing;
import io.carillon.api.json.Json.Obj;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON merge patch (RFC 7396) with two kindnesses: a name that is taken away though it was not
 * there is remembered, so that a misspelt one can be reported; and an object whose {@code type}
 * changes keeps only what the patch names, since the members of one kind mean nothing to another.
 */
public final class MergePatch {

  private MergePatch() {}

  public static Json merge(Json target, Json patch) {
    return patch instanceof Obj changes
        ? merge(target instanceof Obj object ? object : Obj.EMPTY, changes)
        : patch;
  }

  public static Obj merge(Obj target, Obj patch) {
    Map<String, Json> merged = new LinkedHashMap<>(target.members());
    if (changesType(target, patch)) {
      merged.keySet().retainAll(patch.members().keySet());
    }
    patch
        .members()
        .forEach(
            (name, change) -> {
              if (change != Nothing.NULL) {
                merged.put(name, merge(merged.getOrDefault(name, Nothing.NULL), change));
              } else if (merged.remove(name) == null) {
                merged.put(name, Nothing.REMOVED);
              }
            });
    return new Obj(merged, patch.repeated());
  }

  private static boolean changesType(Obj target, Obj patch) {
    return target.member("type").isPresent()
        && patch.member("type").isPresent()
        && !target.member("type").equals(patch.member("type"));
  }
}
