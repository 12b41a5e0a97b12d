@NullMarked
package io.nodeledger.query.telemetry;

import org.jspecify.annotations.NullMarked;
