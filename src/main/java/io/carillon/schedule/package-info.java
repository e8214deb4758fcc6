/**
 * The calendar: when jobs run. Pure functions on {@code java.time}, without a clock, a thread or a
 * framework; time and chance come in as arguments.
 *
 * <p>Three steps lead from what a user wrote to an instant.
 *
 * <ol>
 *   <li>A {@link io.carillon.schedule.Schedule} is a value, one record per kind. Its constructor
 *       finds all that is wrong at once ({@link io.carillon.schedule.InvalidSchedule}); the grammar
 *       of cron stands at {@link io.carillon.schedule.CronSchedule}.
 *   <li>A {@link io.carillon.schedule.Timetable} binds it to an anchor and a window and answers
 *       {@code next}, {@code previous} and {@code count}. It turns the schedule into {@code
 *       Occurrences}: numbers in epoch milliseconds.
 *   <li>What follows the clock on the wall is {@code LocalTimes}, a set of {@code Days} times a set
 *       of {@code Times} of the day, laid on a {@code ZoneLine}: the line of time cut at the clock
 *       changes into stretches of one offset. Within a stretch a search for an instant is a search
 *       for a local time; what a {@link io.carillon.schedule.DstPolicy} adds or takes away lies at
 *       the edges. That is all there is to daylight saving time.
 * </ol>
 *
 * <p>Nothing here can hang. The calendar repeats after 400 years, so whatever has not come within
 * one such cycle never comes; the days of a month depend on its length and first weekday only, so
 * 28 kinds of month are worked out when the expression is read, and a search looks at kinds, not at
 * days. Tries are counted, not timed.
 *
 * <p>The tests hold it to an oracle that walks minutes ({@code OracleTest}), to the examples of
 * other crons and to real clock changes. {@code mvn -Ppit process-test-classes} asks which faults
 * they would not see (it made 1,235 and 91 % were seen), {@code mvn -Pbench process-test-classes}
 * compares its speed: {@code next} after a random instant in Berlin, Java 17, two quiet cores,
 * {@code -Dbench.args="CronBenchmark -prof gc -f 1 -wi 3 -w 1 -i 5 -r 1"}.
 *
 * <pre>
 * ns                        Carillon  Spring 6.2  Quartz 2.5  cron-utils 9.2
 * * * * * * ?                     75         233       1,330           5,187
 * 0 * * * * ?                     75         282       1,355           6,176
 * 0 *&#47;15 9-17 ? * MON-FRI        82         447       1,927          11,172
 * 0 0 9 * * ?                     97         392       1,763           5,340
 * 0 0 0 L * ?                     85         358       2,448           1,344
 * 0 0 12 ? * FRI#3                87         792       3,248           4,810
 * 0 0 0 29 2 ?                   199       1,462       5,586           3,524
 * bytes allocated                 40   358-3,986   1,032-4,452    4,903-33,639
 * </pre>
 */
package io.carillon.schedule;
