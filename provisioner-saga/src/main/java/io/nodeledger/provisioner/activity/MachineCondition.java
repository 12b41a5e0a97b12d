package io.nodeledger.provisioner.activity;

/** How a node's machine was when its operation began, as far as the stream tells. */
public enum MachineCondition {
    /** It is on, or is being made. */
    ON,
    /** It is powered off: its pods have ended, though Kubernetes may still list them. */
    OFF,
    /** It has vanished, and its pods with it. */
    GONE
}
