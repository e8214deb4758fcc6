package io.carillon.api.json;

/**
 * A JSON object of the API, as a record: its members are the record's components, by name and type,
 * in what is read, what is written and what the OpenAPI document tells. A component is null where
 * the member is absent.
 */
public interface Document {}
