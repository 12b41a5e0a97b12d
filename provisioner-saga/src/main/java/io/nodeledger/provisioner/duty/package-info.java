/** What an instance does for every region, again and again. */
@NullMarked
package io.nodeledger.provisioner.duty;

import org.jspecify.annotations.NullMarked;
