@NullMarked
package io.nodeledger.base.web;

import org.jspecify.annotations.NullMarked;
