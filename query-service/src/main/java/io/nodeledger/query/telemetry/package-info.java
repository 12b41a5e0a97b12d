/** What machines are doing, out of the samples that the service which provisions takes (source: rulings). */
@NullMarked
package io.nodeledger.query.telemetry;

import org.jspecify.annotations.NullMarked;
