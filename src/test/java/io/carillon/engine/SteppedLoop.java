package io.carillon.engine;

import java.time.Duration;
import java.util.List;

/** A loop of the engine without its thread: whoever has it takes its steps, when they like. */
public final class SteppedLoop {

  private final String name;
  private final Loop loop;

  private SteppedLoop(String name, Loop loop) {
    this.name = name;
    this.loop = loop;
  }

  public static SteppedLoop of(Election election) {
    return new SteppedLoop("election", election.loop);
  }

  /** The clockwork itself, and its lookout. */
  public static List<SteppedLoop> of(TimingEngine timing) {
    return List.of(
        new SteppedLoop("timing", timing.loop), new SteppedLoop("lookout", timing.lookout.loop));
  }

  public static SteppedLoop of(Deliveries deliveries) {
    return new SteppedLoop("deliveries", deliveries.loop);
  }

  public static SteppedLoop of(Reaper reaper) {
    return new SteppedLoop("reaper", reaper.loop);
  }

  public static SteppedLoop of(Heartbeat heartbeat) {
    return new SteppedLoop("heartbeat", heartbeat.loop);
  }

  public static SteppedLoop of(Census census) {
    return new SteppedLoop("census", census.loop);
  }

  public String name() {
    return name;
  }

  /** Whether the next step is to be taken now. */
  public boolean isNudged() {
    return loop.isNudged();
  }

  /**
   * Takes a step.
   *
   * @return how long the loop wants to wait for the next one
   */
  public Duration step() {
    try {
      return loop.step();
    } catch (StoreUnavailable unavailable) {
      return Loop.AFTER_FAILURE;
    }
  }
}
