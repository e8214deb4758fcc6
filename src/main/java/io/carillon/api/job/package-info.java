/**
 * Jobs: the documents that define them, the answers that show them, and what can be done to one or
 * to many.
 *
 * <p>{@link io.carillon.api.job.JobDocument} and its parts name every member; {@link
 * io.carillon.api.job.Drafts} checks what callers send; {@link io.carillon.api.job.DefinitionJson}
 * writes definitions for the store with the same records.
 */
package io.carillon.api.job;
