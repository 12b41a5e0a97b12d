@NullMarked
package io.nodeledger.base.security;

import org.jspecify.annotations.NullMarked;
