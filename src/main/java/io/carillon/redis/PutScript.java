package io.carillon.redis;

import io.carillon.engine.IdempotencyKeys.Claim;
import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.Written;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.redis.SharedCalls.Share;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** How puts are put to their script, and what it answers. */
final class PutScript {

  private static final int ANSWERED_VALUES = 5;
  private static final int WRITTEN_TOGETHER = 100;

  private final RedisScript script;
  private final Definitions definitions;
  private final SharedCalls calls;

  PutScript(RedisScript script, RedisLink link, Definitions definitions) {
    this.script = script;
    this.definitions = definitions;
    this.calls = new SharedCalls(items -> script.call().with(items).send(link));
  }

  /**
   * Of many, the first go to Redis while the others are still written down. One that cannot be
   * written down, or whose answer cannot be read, fails alone: others may hold by then.
   */
  List<Written> putAll(List<Put> puts) {
    Written[] written = new Written[puts.size()];
    Map<Integer, CompletableFuture<Share>> answers = new LinkedHashMap<>();
    for (int from = 0; from < puts.size(); from += WRITTEN_TOGETHER) {
      List<Integer> sent = new ArrayList<>();
      List<ScriptCall.Item> items = new ArrayList<>();
      for (int i = from; i < Math.min(from + WRITTEN_TOGETHER, puts.size()); i++) {
        try {
          items.add(item(puts.get(i)));
          sent.add(i);
        } catch (RuntimeException unwritable) {
          written[i] = new Written.Failed(unwritable);
        }
      }
      List<CompletableFuture<Share>> shares = calls.send(items);
      for (int n = 0; n < shares.size(); n++) {
        answers.put(sent.get(n), shares.get(n));
      }
    }
    answers.forEach((i, answer) -> written[i] = written(puts.get(i), answer));
    return List.of(written);
  }

  /** Packed already: the call has no part in what it holds. */
  private ScriptCall.Item item(Put put) {
    ScriptCall.Item item = named(put);
    item.packed();
    return item;
  }

  private ScriptCall.Item named(Put put) {
    Definition definition = put.definition();
    return script
        .item()
        .with("job", put.id())
        .with("revision", put.revision())
        .with("seen_next", put.seenNext())
        .with("anchor", Texts.of(put.anchor()))
        .with("definition", definitions.write(put.id(), definition))
        .with("searched", SearchedText.of(definition).written())
        .with("timeout", definition.timeAllowed())
        .with("terms", JobRecord.writeTerms(definition))
        .with("tags", String.join(" ", definition.tags()))
        .with("state", put.state().word())
        .with("pause", put.pause().map(JobRecord::writePause))
        .with("at", put.at())
        .with("next", put.nextRunAt())
        .with("next_due", put.dueAt())
        .with("key", put.under().map(Claim::key))
        .with("token", put.under().map(Claim::token));
  }

  private Written written(Put put, CompletableFuture<Share> answer) {
    try {
      Share share = answer.join();
      return written(put, share.reply(), share.item() * ANSWERED_VALUES);
    } catch (CompletionException failed) {
      return new Written.Failed(RedisLink.unavailable(failed.getCause()));
    } catch (RuntimeException unreadable) {
      return new Written.Failed(unreadable);
    }
  }

  private Written written(Put put, Response reply, int from) {
    String word = reply.get(from).toString();
    return switch (word) {
      case "conflict" -> new Written.Conflict();
      case "claim-lost" -> new Written.ClaimLost();
      case "failed" -> new Written.Failed(script.failure(reply.get(from + 1).toString()));
      case "made" ->
          new Written.Done(StoredJob.of(put.id(), reply, from + 1).orElseThrow().job(definitions));
      case "written" -> new Written.Done(asWritten(put, reply, from + 1));
      default -> throw RedisJobStore.unknown(word);
    };
  }

  private static Job asWritten(Put put, Response reply, int from) {
    StoredDefinition definition =
        new StoredDefinition(
            Texts.instant(reply.get(from + 1).toString()), put.anchor(), put.definition());
    return JobRecord.read(
        put.id(),
        reply.get(from).toBytes(),
        definition,
        put.pause(),
        StoredJob.latestRun(put.id(), reply.get(from + 3).toBytes()));
  }
}
