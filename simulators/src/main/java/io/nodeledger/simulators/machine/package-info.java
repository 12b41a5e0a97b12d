/** What the hypervisor and the guest of one simulated machine share: its hardware, its seed and its life. */
@NullMarked
package io.nodeledger.simulators.machine;

import org.jspecify.annotations.NullMarked;
