package io.nodeledger.query.telemetry.usage;

import io.nodeledger.query.telemetry.LatestSamples;

/** What the nodes of a workspace use together. */
public final class WorkspaceUsage {
    private final UsageQueries nodes;
    private final LatestSamples samples;

    public WorkspaceUsage(UsageQueries nodes, LatestSamples samples) {
        this.nodes = nodes;
        this.samples = samples;
    }

    /** The usage as it is now; of no node when there is no such workspace. */
    public UsageView of(String workspaceId) {
        var live = nodes.nodes(workspaceId);
        return UsageView.of(
                live,
                samples.of(
                        live.stream().filter(SizedNode::runs).map(SizedNode::id).toList()));
    }
}
