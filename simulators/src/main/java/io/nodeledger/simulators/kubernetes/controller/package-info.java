/** The control loop and the controllers of the control plane. */
@NullMarked
package io.nodeledger.simulators.kubernetes.controller;

import org.jspecify.annotations.NullMarked;
