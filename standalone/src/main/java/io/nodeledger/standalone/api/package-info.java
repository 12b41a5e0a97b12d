/** The running instance's REST API as a client sees it. */
@NullMarked
package io.nodeledger.standalone.api;

import org.jspecify.annotations.NullMarked;
