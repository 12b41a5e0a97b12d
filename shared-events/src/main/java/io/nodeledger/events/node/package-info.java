/** What happens to one dedicated node, and what it can be asked to do. */
@NullMarked
package io.nodeledger.events.node;

import org.jspecify.annotations.NullMarked;
