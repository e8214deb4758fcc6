/**
 * The service as its users know it: registered over HTTP, ringing receivers that misbehave, on the
 * real wiring and the embedded Redis.
 */
package io.carillon.service;
