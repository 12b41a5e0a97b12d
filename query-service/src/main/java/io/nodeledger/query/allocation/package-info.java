/**
 * Whether more work would fit onto a workspace's nodes. Starts at
 * {@link io.nodeledger.query.allocation.AllocationController}.
 */
@NullMarked
package io.nodeledger.query.allocation;

import org.jspecify.annotations.NullMarked;
