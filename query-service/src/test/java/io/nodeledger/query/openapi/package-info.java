@NullMarked
package io.nodeledger.query.openapi;

import org.jspecify.annotations.NullMarked;
