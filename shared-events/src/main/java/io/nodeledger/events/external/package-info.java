/**
 * What others are told: a schema of its own, apart from the events that the system keeps for itself, so that those can
 * change without anyone outside noticing (source: architecture, "Out").
 */
@NullMarked
package io.nodeledger.events.external;

import org.jspecify.annotations.NullMarked;
