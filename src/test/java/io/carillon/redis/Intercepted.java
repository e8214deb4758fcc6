package io.carillon.redis;

import io.carillon.engine.EventLog;
import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.JobStore;
import io.carillon.engine.Lease;
import io.carillon.engine.RunLedger;
import io.carillon.engine.SchedulerStore;
import io.carillon.engine.StoreUnavailable;
import io.carillon.engine.twin.Ports;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/** Ports whose calls all go through somebody who may look at them, change them or drop them. */
final class Intercepted implements Ports {

  private final Ports ports;
  private final JobStore jobs;
  private final RunLedger runs;
  private final Lease lease;
  private final SchedulerStore scheduler;
  private final IdempotencyKeys idempotencyKeys;

  /** Stands between a caller and the ports. */
  interface Interceptor {
    /**
     * @param port takes the arguments, and answers as the port does
     */
    Object call(String method, Object[] arguments, Function<Object[], Object> port);
  }

  Intercepted(Ports ports, Interceptor by) {
    this.ports = ports;
    this.jobs = between(JobStore.class, ports.jobs(), by);
    this.runs = between(RunLedger.class, ports.runs(), by);
    this.lease = between(Lease.class, ports.lease(), by);
    this.scheduler = between(SchedulerStore.class, ports.scheduler(), by);
    this.idempotencyKeys = between(IdempotencyKeys.class, ports.idempotencyKeys(), by);
  }

  private static <T> T between(Class<T> type, T port, Interceptor by) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : by.call(
                        method.getName(),
                        arguments == null ? new Object[0] : arguments,
                        changed -> ask(port, method, changed))));
  }

  private static Object ask(Object port, Method method, Object[] arguments) {
    try {
      return method.invoke(port, arguments);
    } catch (InvocationTargetException e) {
      throw rethrown(method, e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method.getName() + " failed", e);
    }
  }

  private static RuntimeException rethrown(Method method, Throwable failure) {
    return failure instanceof StoreUnavailable unavailable
        ? unavailable
        : new IllegalStateException(method.getName() + " failed", failure);
  }

  @Override
  public JobStore jobs() {
    return jobs;
  }

  @Override
  public RunLedger runs() {
    return runs;
  }

  @Override
  public Lease lease() {
    return lease;
  }

  @Override
  public EventLog events() {
    return ports.events();
  }

  @Override
  public SchedulerStore scheduler() {
    return scheduler;
  }

  @Override
  public IdempotencyKeys idempotencyKeys() {
    return idempotencyKeys;
  }

  @Override
  public InstantSource clock() {
    return ports.clock();
  }

  @Override
  public void pass(Duration duration) {
    ports.pass(duration);
  }

  @Override
  public void fillUp() {
    ports.fillUp();
  }

  @Override
  public void makeRoom() {
    ports.makeRoom();
  }
}
