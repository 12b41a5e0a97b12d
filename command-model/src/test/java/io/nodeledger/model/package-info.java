@NullMarked
package io.nodeledger.model;

import org.jspecify.annotations.NullMarked;
