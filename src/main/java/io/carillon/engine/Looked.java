package io.carillon.engine;

import io.carillon.engine.JobStore.Timed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs as one look found them, or several where one of them cannot be read. */
final class Looked {

  private final JobStore store;
  private final Map<String, Timed> found = new HashMap<>();
  private final Map<String, RuntimeException> failed = new HashMap<>();

  private Looked(JobStore store) {
    this.store = store;
  }

  static Looked at(JobStore store, List<String> ids) {
    Looked looked = new Looked(store);
    looked.look(ids);
    return looked;
  }

  private void look(List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    try {
      store.find(ids).forEach(timed -> found.put(timed.job().id(), timed));
    } catch (RuntimeException failure) {
      if (ids.size() == 1 || StoreUnavailable.isSilence(failure)) {
        ids.forEach(id -> failed.put(id, failure));
      } else {
        look(ids.subList(0, ids.size() / 2));
        look(ids.subList(ids.size() / 2, ids.size()));
      }
    }
  }

  /** A job as it was found; why it could not be read is thrown. */
  Optional<Timed> job(String id) {
    if (failed.containsKey(id)) {
      throw failed.get(id);
    }
    return Optional.ofNullable(found.get(id));
  }
}
