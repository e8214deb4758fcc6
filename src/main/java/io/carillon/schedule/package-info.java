/**
 * The calendar: when jobs run. Pure functions of time, on {@code java.time} alone.
 *
 * <p>A {@link io.carillon.schedule.Schedule} is a value, one record per kind, checked as it is made
 * ({@link io.carillon.schedule.InvalidSchedule}). A {@link io.carillon.schedule.Timetable} binds it
 * to an anchor and a window and answers {@code next}, {@code previous} and {@code count}.
 */
package io.carillon.schedule;
