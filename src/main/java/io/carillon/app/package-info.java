/**
 * Carillon put together: the only place that knows all the others.
 *
 * <p>{@link io.carillon.app.CarillonConfig} says what can be set. {@link
 * io.carillon.app.RedisWiring} and {@link io.carillon.app.EngineWiring} make the parts, {@link
 * io.carillon.app.Lifecycle} starts them and ends them in the order that loses nothing. {@link
 * io.carillon.app.ProtectedMode} refuses an unsafe start; the health checks and {@link
 * io.carillon.app.MicrometerMeters} show from outside how the service does.
 */
package io.carillon.app;
