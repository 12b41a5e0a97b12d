/** Amounts of resources as Kubernetes writes them and as the API shows them. */
@NullMarked
package io.nodeledger.query.quantity;

import org.jspecify.annotations.NullMarked;
