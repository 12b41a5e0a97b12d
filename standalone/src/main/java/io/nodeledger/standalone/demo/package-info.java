/** The demonstration of a node's life on a running instance. */
@NullMarked
package io.nodeledger.standalone.demo;

import org.jspecify.annotations.NullMarked;
