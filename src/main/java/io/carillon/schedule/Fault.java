package io.carillon.schedule;

/**
 * One thing wrong with a schedule.
 *
 * @param pointer JSON pointer relative to the schedule object, such as {@code /expression} or
 *     {@code /at/1}
 * @param code machine-readable kind: {@code required}, {@code empty}, {@code malformed}, {@code
 *     out-of-range}, {@code too-fine}, {@code too-long} or {@code unknown}
 * @param detail a sentence for people; for cron it ends with the column, counted from 1
 */
public record Fault(String pointer, String code, String detail) {}
