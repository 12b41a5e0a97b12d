package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.check.NodeStory;
import io.nodeledger.resilience.check.TransitionStory;
import io.nodeledger.resilience.check.WorkspaceStory;
import io.nodeledger.resilience.world.TenantApps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has to be so after a transition, beside what has to be so of every world. */
record TransitionLook(Harness harness, String workspace, TenantApps apps) {
    private static final String SELECTOR = "scheduler.alpha.kubernetes.io/node-selector";
    private static final String TOLERATIONS = "scheduler.alpha.kubernetes.io/defaultTolerations";
    /** When it was directed last stays for good. */
    private static final String SINCE = "nodeledger.io/directed-at";

    /**
     * What is not as it has to be.
     *
     * @param end how the transition has to have ended
     * @param dedicated whether the workspace has to be on these nodes, or they have to be gone
     */
    List<String> violations(String transition, String end, boolean dedicated, List<String> nodes) {
        var found = new ArrayList<String>(apps.pods().violations());
        var story = TransitionStory.of(transition, harness.stores().stream(transition));
        if (!story.end().equals(end)) {
            found.add("%s is %s, and not %s: %s"
                    .formatted(transition, story.end(), end, harness.stores().stream(transition)));
        }
        if (harness.life()
                .transition(transition)
                .flatMap(record -> record.stage())
                .isPresent()) {
            found.add("I8: " + transition + " has ended, and there is something left to do for it");
        }
        var stream = "workspace:" + workspace;
        var account = WorkspaceStory.of(stream, harness.stores().stream(stream));
        if (!account.placement().equals(dedicated ? "DEDICATED" : "SHARED")) {
            found.add("%s is placed on %s nodes".formatted(workspace, account.placement()));
        }
        if (!account.transition().isEmpty()) {
            found.add("I9: %s is still in %s".formatted(workspace, account.transition()));
        }
        String status = dedicated ? "running" : "deleted";
        nodes.stream()
                .map(id -> Map.entry(
                        id, NodeStory.of(id, harness.stores().stream(id)).status()))
                .filter(node -> !node.getValue().equals(status))
                .forEach(node -> found.add("%s is %s, and not %s".formatted(node.getKey(), node.getValue(), status)));
        annotations(dedicated, found);
        backups(story, nodes, found);
        apps.cordoned().forEach(node -> found.add("The Kubernetes node " + node + " is still cordoned"));
        return found;
    }

    private void annotations(boolean dedicated, List<String> found) {
        Map<String, String> annotations = apps.annotations();
        boolean directed = annotations.getOrDefault(SELECTOR, "").contains("workspace=" + workspace)
                && annotations.getOrDefault(TOLERATIONS, "").contains(workspace);
        if (dedicated ? !directed : !Set.of(SINCE).containsAll(annotations.keySet())) {
            found.add("The namespace %s has the annotations %s".formatted(workspace, annotations));
        }
    }

    private void backups(TransitionStory story, List<String> nodes, List<String> found) {
        Map<String, String> volumes = harness.backups();
        story.volumes().forEach((node, volume) -> {
            if (!volumes.containsKey(volume)) {
                found.add("The backup %s of %s is not there".formatted(volume, node));
            }
        });
        for (String node : nodes) {
            List<String> ofNode = volumes.entrySet().stream()
                    .filter(backup -> backup.getValue().contains(story.id()))
                    .filter(backup -> backup.getValue().endsWith(node))
                    .map(Map.Entry::getKey)
                    .toList();
            int wanted = story.volumes().containsKey(node) ? 1 : 0;
            if (ofNode.size() != wanted) {
                found.add("%s has %d backups for %s: %s".formatted(node, ofNode.size(), story.id(), ofNode));
            }
        }
    }
}
