package io.carillon.redis;

import io.carillon.engine.DefinitionCodec;
import io.carillon.job.Definition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Definitions by their written form, the latest used kept: most are read again and again, by the
 * leader to time them and by everybody to deliver them. They are known by that form, not by a
 * revision: Redis may lose a write that it has confirmed, and the next one then has the same
 * revision.
 */
public final class Definitions {

  private static final int KEPT = 50_000;

  private final DefinitionCodec codec;

  private final Map<String, Known> known =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > KEPT;
        }
      };

  public Definitions(DefinitionCodec codec) {
    this.codec = codec;
  }

  private record Known(String written, Definition definition) {}

  /** Whoever reads it again, this replica perhaps, finds it here. */
  String write(String jobId, Definition definition) {
    String written = codec.write(definition);
    keep(jobId, written, definition);
    return written;
  }

  Definition read(String jobId, String written) {
    synchronized (known) {
      Known latest = known.get(jobId);
      if (latest != null && latest.written.equals(written)) {
        return latest.definition;
      }
    }
    Definition definition = codec.read(written);
    keep(jobId, written, definition);
    return definition;
  }

  private void keep(String jobId, String written, Definition definition) {
    synchronized (known) {
      known.put(jobId, new Known(written, definition));
    }
  }
}
