/** The installation's own signing key and the tokens it makes. */
@NullMarked
package io.nodeledger.standalone.token;

import org.jspecify.annotations.NullMarked;
