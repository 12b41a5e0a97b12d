package io.nodeledger.provisioner.incident;

/** What one look says of one thing that may be wrong with a node. */
enum Signal {
    /** It is wrong. */
    BAD,
    /** It is clearly right. */
    GOOD,
    /** Neither, or nobody knows: what was so before goes on, and no time counts. */
    NEITHER
}
