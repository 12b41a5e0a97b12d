/** What differs between the nodes and their providers, for the platform's operators. */
@NullMarked
package io.nodeledger.query.drift;

import org.jspecify.annotations.NullMarked;
