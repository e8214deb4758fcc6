/** Runs: what became of a job's occurrences, and the wish for one more. */
package io.carillon.api.run;
