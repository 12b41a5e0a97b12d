/** The event store on PostgreSQL: tables, appending, reading, serialization, schemas and positions. */
@NullMarked
package io.nodeledger.base.eventstore;

import org.jspecify.annotations.NullMarked;
