/**
 * Errors as problem documents (RFC 9457), whatever went wrong and wherever: in a resource, in the
 * framework before it, or on a path that nobody serves.
 */
package io.carillon.api.problem;
