/**
 * The Redis that the service brings along when it is given none: a real redis-server in a process
 * of its own, its append-only file in the data directory. {@link
 * io.carillon.redis.embedded.EmbeddedRedis} is the only entrance.
 *
 * <h2>Who may use a data directory</h2>
 *
 * One JVM at a time. It holds an operating-system lock on {@code carillon.lock}, which ends with
 * the process however that ends; its process id stands in {@code carillon.pid}, so that a second
 * start can name it. The lock file is never opened but for locking: closing any channel on a file
 * drops all locks that the process has on it.
 *
 * <h2>Life of the process</h2>
 *
 * <ol>
 *   <li>A <em>watcher</em> starts first: a shell that waits on a pipe from the JVM. Only the end of
 *       the JVM closes that pipe, so it notices exit, crash and {@code kill -9} alike, and then
 *       ends the Redis of {@code redis.pid} with SIGTERM, after its grace with SIGKILL.
 *   <li>Redis starts on a free loopback port. Its id, drawn at random, and the port are in {@code
 *       redis.properties} before it runs, and its process id is in {@code redis.pid} before it
 *       touches any data; Redis carries the id as its {@code syslog-ident}.
 *   <li>Both have sessions of their own, so that Ctrl-C reaches the service alone and Redis is
 *       there until the service has ended.
 * </ol>
 *
 * <p>A start after a crash first waits for the watcher of its predecessor, which is about to end
 * that Redis. Should the watcher have died too, the Redis left behind is an orphan: if it answers
 * on the recorded port with the recorded id and the directory of this service, it is adopted and
 * gets a new watcher. One that lives in the directory without answering is named in an error, since
 * two servers would spoil one append-only file. No process is ever looked for, or ended, by name.
 *
 * <h2>Reload in development</h2>
 *
 * A reload throws the classes away, not the JVM, and Redis should not notice. What the JVM holds is
 * therefore kept in the system properties, as JDK types only ({@link
 * io.carillon.redis.embedded.JvmHoldings}); a start after a reload finds it there. For the same
 * reason there is no shutdown hook: hooks run beside those of the service, which still needs Redis
 * then, whereas the pipe closes when the last of them is done.
 *
 * <p>Under systemd use {@code KillMode=mixed}: the default sends SIGTERM to all processes of a unit
 * at once, to Redis as well.
 */
package io.carillon.redis.embedded;
