package io.carillon.simulation;

import io.carillon.engine.StoreUnavailable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Something that is asked of the store. */
record Command(Object port, Method method, Object[] arguments) {

  String name() {
    return method.getName();
  }

  /** Whether whoever asks goes on before the answer is there. */
  boolean isAnsweredLater() {
    return CompletionStage.class.isAssignableFrom(method.getReturnType());
  }

  /** Has it done. */
  Object run() {
    try {
      Object answer = method.invoke(port, arguments);
      return isAnsweredLater() ? await((CompletionStage<?>) answer) : answer;
    } catch (InvocationTargetException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(name() + " failed", failed);
    } catch (IllegalAccessException hidden) {
      throw new IllegalStateException(name() + " cannot be called", hidden);
    }
  }

  private static Object await(CompletionStage<?> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof StoreUnavailable unavailable) {
        throw unavailable;
      }
      throw failed;
    }
  }

  @Override
  public String toString() {
    return name() + (arguments == null ? "" : Arrays.toString(arguments));
  }
}
