@NullMarked
package io.nodeledger.query.audit;

import org.jspecify.annotations.NullMarked;
