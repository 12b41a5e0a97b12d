package io.nodeledger.provisioner.reconciliation;

import java.util.Locale;

/** What can differ between a node's stream and the outside. */
enum DriftKind {
    /** A node's machine is nowhere in its cluster. */
    MACHINE_VANISHED(true),
    /** A running node's machine is powered off. */
    POWERED_OFF(true),
    /** A stopped node's machine is powered on. */
    POWERED_ON(true),
    /** A node's machine is on another host. Whole hosts are emptied for maintenance, so many at once are no alarm. */
    MACHINE_MIGRATED(false),
    /** A node's machine is on a host that is offline, so nobody knows how it is. */
    HOST_OFFLINE(false),
    /** A node's machine does not say any more whose it is. */
    MARKER_LOST(false),
    /** A node's Kubernetes node is gone. */
    KUBERNETES_NODE_LOST(true),
    /** A node's Kubernetes node bears another name. */
    KUBERNETES_NODE_RENAMED(true),
    /** A node's Kubernetes node lacks the platform's label. */
    KUBERNETES_LABEL_LOST(false),
    /** A node's Kubernetes node is there again. */
    KUBERNETES_NODE_RECOVERED(false),
    /** A machine that looks like one of ours and that no live node claims; what it is, a closer look tells. */
    STRAY_MACHINE(false),
    /** A machine that was made for a node which has ended. */
    ORPHAN_MACHINE(true),
    /** A machine marked as that of a node which does not own it. */
    UNCLAIMED_MACHINE(false),
    /** A machine marked as that of a node which this database does not know. */
    UNKNOWN_MACHINE(false),
    /** A machine without our marker under an id that is reserved for ours. */
    UNMARKED_MACHINE(false),
    /** A labelled Kubernetes node that no live node claims; what it is, a closer look tells. */
    STRAY_KUBERNETES_NODE(false),
    /** A Kubernetes node of a node that has ended. */
    ORPHAN_KUBERNETES_NODE(true),
    /** A Kubernetes node labelled as that of a node which does not own it or is not known. */
    UNKNOWN_KUBERNETES_NODE(false);

    private final boolean changing;

    DriftKind(boolean changing) {
        this.changing = changing;
    }

    /** Whether dealing with it changes a node or removes something: what the breaker counts. */
    boolean changing() {
        return changing;
    }

    /** Whether it is something left over that is to be removed. */
    boolean isOrphan() {
        return this == ORPHAN_MACHINE || this == ORPHAN_KUBERNETES_NODE;
    }

    /** The kind's word in the API. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DriftKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
