/** What both simulators do with every request: show it to those who look on, and let filters stand around its work. */
@NullMarked
package io.nodeledger.simulators.request;

import org.jspecify.annotations.NullMarked;
