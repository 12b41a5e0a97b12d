@NullMarked
package io.nodeledger.base.settings;

import org.jspecify.annotations.NullMarked;
