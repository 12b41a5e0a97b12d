/** The embedded PostgreSQL server, durable and with its data kept. */
@NullMarked
package io.nodeledger.standalone.postgres;

import org.jspecify.annotations.NullMarked;
