/**
 * Strict JSON: what was written, taken at its word.
 *
 * <p>{@link io.carillon.api.json.JsonReader} reads a text into a tree of {@link
 * io.carillon.api.json.Json} values, and asks {@link io.carillon.api.json.JsonGrammar} what is
 * wrong with a text that the parser refuses; {@link io.carillon.api.json.Binder} turns the tree
 * into records, whose components are the only description of what is allowed, and gathers every
 * {@link io.carillon.api.json.Violation} on the way; {@link io.carillon.api.json.Rendering} is the
 * way back. So what is read, what is written and what the OpenAPI document tells cannot drift
 * apart.
 */
package io.carillon.api.json;
