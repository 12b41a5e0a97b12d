/** The services as processes of their own, several of each, behind one port. */
@NullMarked
package io.nodeledger.standalone.separate;

import org.jspecify.annotations.NullMarked;
