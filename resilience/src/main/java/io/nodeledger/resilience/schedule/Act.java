package io.nodeledger.resilience.schedule;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.resilience.schedule.FaultRuns.Trouble;

/** One thing that happens in a random schedule. Nodes are named by their number in the schedule. */
public sealed interface Act {
    /** A caller wants the node to run. */
    record Provision(int node) implements Act {}

    /** A caller wants the node gone. */
    record Delete(int node, boolean force) implements Act {}

    /** A caller wants the node started, stopped or rebooted, whatever it is in. */
    record Switch(int node, OperationType type) implements Act {}

    /** A caller wants another label on the node, whatever it is in. */
    record Relabel(int node, String value) implements Act {}

    /** A caller wants the node provisioned anew, whatever it is in. */
    record Retry(int node) implements Act {}

    /** A caller calls off what is under way, or was last. */
    record Cancel(int node) implements Act {}

    /** Time passes, as long as a few commits and calls take. */
    record Pause(int millis) implements Act {}

    /** The instance dies, and another one starts. */
    record Crash() implements Act {}

    /** A call to a provider goes wrong, until {@link Heal}. */
    record Break(int call, Trouble trouble) implements Act {}

    /** A provider does not answer at all, until {@link Heal}. */
    record Outage(boolean proxmox) implements Act {}

    /** Every fault ends. */
    record Heal() implements Act {}

    /** The node's machine is gone, without anybody's having asked. */
    record Vanish(int node) implements Act {}

    /** The node's machine is on another host. */
    record Migrate(int node) implements Act {}

    /** The node's machine is switched off or on at the provider. */
    record Power(int node, boolean on) implements Act {}

    /** The node's kubelet falls silent. */
    record Silence(int node) implements Act {}
}
