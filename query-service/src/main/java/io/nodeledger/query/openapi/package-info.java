/** The description of the API, served by the API. */
@NullMarked
package io.nodeledger.query.openapi;

import org.jspecify.annotations.NullMarked;
