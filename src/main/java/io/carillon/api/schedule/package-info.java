/** Schedules as JSON, one record per kind, and what can be told of their future. */
package io.carillon.api.schedule;
