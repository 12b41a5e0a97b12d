package io.nodeledger.provisioner.kubernetes.migration;

/** How many pods may be on their way at a time. Disruption budgets hold in any case. */
public enum Pace {
    /** One pod of all workloads; its replacement is Ready before the next one goes. */
    ONE_BY_ONE,
    /** One pod of each workload; its replacement is Ready before the workload's next one goes. */
    EACH_WORKLOAD,
    /** All that the budgets let go. */
    ALL
}
