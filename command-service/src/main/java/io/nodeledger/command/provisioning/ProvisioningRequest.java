package io.nodeledger.command.provisioning;

import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.node.Taint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a node that can be had now.
 *
 * @param plan as it is on offer at this moment
 * @param region null for the workspace's own
 */
record ProvisioningRequest(
        String name, NodePlan plan, @Nullable String region, Map<String, String> labels, List<Taint> taints) {}
