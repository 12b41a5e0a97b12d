@NullMarked
package io.nodeledger.standalone.security;

import org.jspecify.annotations.NullMarked;
