/** The REST API: transport, routes, parameters, answers and errors. */
@NullMarked
package io.nodeledger.simulators.proxmox.api;

import org.jspecify.annotations.NullMarked;
