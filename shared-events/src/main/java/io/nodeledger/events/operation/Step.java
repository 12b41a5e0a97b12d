package io.nodeledger.events.operation;

import java.util.Locale;

/** One idempotent step of an operation at a provider. */
public enum Step {
    /** Choose a host and an unused machine id and record both before anything is created. */
    ALLOCATE,
    /** Clone the template into the recorded machine id. */
    CLONE,
    /** Set cpu, memory, cloud-init seed, network and tags. */
    CONFIGURE,
    /** Grow the root disk to the plan's size. */
    RESIZE,
    /** Power the machine on. */
    BOOT,
    /** Learn the machine's addresses from its guest agent. */
    ADDRESS,
    /** Wait until the machine has joined the Kubernetes cluster. */
    JOIN,
    /** Wait until the Kubernetes node is Ready with its labels and taints. */
    READY,
    /** Keep new pods away. */
    CORDON,
    /** Move the pods away. */
    DRAIN,
    /** Let pods in again. */
    UNCORDON,
    /** Have the guest end by itself, and the machine with it; hard only by force. */
    SHUT_DOWN,
    /** Look at what the machine really does, after something went wrong. */
    INSPECT,
    /** Bring labels and taints to the Kubernetes node. */
    RELABEL,
    /** Delete the Kubernetes node and what was made for its join. */
    REMOVE_FROM_KUBERNETES,
    /** Power the machine off. */
    HALT,
    /** Destroy the machine and its disks. */
    DESTROY,
    /** Make sure that the machine is nowhere in its cluster. */
    VERIFY_GONE,
    /** Give name, place and credits back to the workspace. */
    RELEASE;

    /** The step's name in the API, e.g. {@code verify_gone}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
