/** Who calls and what they may do: bearer tokens, roles, permissions, deny by default. */
@NullMarked
package io.nodeledger.base.security;

import org.jspecify.annotations.NullMarked;
