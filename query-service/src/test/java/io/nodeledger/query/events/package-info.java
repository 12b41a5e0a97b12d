@NullMarked
package io.nodeledger.query.events;

import org.jspecify.annotations.NullMarked;
