package io.carillon.api.event;

import io.vertx.core.buffer.Buffer;

/** Where one client's frames go. All but {@link #run} is called on the outlet's own thread. */
interface Outlet {

  /** Has something done on the outlet's own thread, in the order in which it was asked for. */
  void run(Runnable task);

  /** Whether nothing should be written now. */
  boolean isFull();

  /** Has something done, once, when there is room again. */
  void whenRoom(Runnable task);

  void write(Buffer frames);

  /** Ends the stream after what was written. */
  void end();

  /** Ends the connection at once, whatever is under way on it. */
  void cut();
}
