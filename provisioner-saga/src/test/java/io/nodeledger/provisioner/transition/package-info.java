/** Tests of what is worked on in transitions' stages. */
@NullMarked
package io.nodeledger.provisioner.transition;

import org.jspecify.annotations.NullMarked;
