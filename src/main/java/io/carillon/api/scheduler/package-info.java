/** The scheduler as a whole: who leads, who is there, how busy it is, and its settings. */
package io.carillon.api.scheduler;
