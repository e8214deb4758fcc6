package io.carillon.api.event;

import io.carillon.engine.EventLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the stream of events for one client. */
@Singleton
public class EventStreams {

  private static final Logger LOG = Logger.getLogger(EventStreams.class);

  private final EventLog log;
  private final EventHub hub;
  private final InstantSource clock;

  EventStreams(EventLog log, EventHub hub, InstantSource clock) {
    this.log = log;
    this.hub = hub;
    this.clock = clock;
  }

  /**
   * Everything that matches, from a position or from now on. Blocks for a moment.
   *
   * @param after a position that the client was told before
   */
  Multi<Frame> open(EventFilter filter, Optional<String> after) {
    EventClient client = new EventClient(filter);
    List<Frame> first = new ArrayList<>(List.of(new Frame.Hello()));
    after.flatMap(this::gap).ifPresent(first::add);
    CatchUp missed = new CatchUp(log, hub, client, after.orElseGet(log::end));
    Multi<Frame> rest =
        Multi.createBy()
            .repeating()
            .uni(
                () ->
                    Uni.createFrom()
                        .item(missed::next)
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
            .until(batch -> missed.hasJoined())
            .<Frame>onItem()
            .disjoint();
    return Multi.createBy()
        .concatenating()
        .streams(Multi.createFrom().iterable(first), rest, client.live())
        .onTermination()
        .invoke(() -> hub.leave(client))
        .onFailure()
        .invoke(EventStreams::tell)
        .onFailure()
        .recoverWithCompletion();
  }

  /** The client will come back by itself, with the last position that it was told. */
  private static void tell(Throwable failure) {
    if (failure instanceof BackPressureFailure) {
      LOG.info("event stream ended cause=client-too-slow");
    } else {
      LOG.warnf("event stream ended cause=%s", failure);
    }
  }

  private Optional<Frame> gap(String after) {
    return log.oldest()
        .filter(oldest -> log.before(after, oldest))
        .map(oldest -> Frame.Told.gap(after, oldest, clock.instant()));
  }
}
