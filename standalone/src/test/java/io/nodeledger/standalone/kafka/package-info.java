@NullMarked
package io.nodeledger.standalone.kafka;

import org.jspecify.annotations.NullMarked;
