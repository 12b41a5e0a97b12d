package io.nodeledger.query.allocation;

import java.util.List;

/**
 * The running nodes of a workspace.
 *
 * @param running how many there are
 * @param unobserved how many of them nobody knows enough of to say whether they take anything
 * @param candidates those that are known to be Ready
 */
record ObservedNodes(int running, int unobserved, List<Candidate> candidates) {}
