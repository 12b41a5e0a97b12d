package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** A cluster that answers nothing just when a transition comes to where something is in its way. */
final class Silence {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MovingWorkspace workspace;
    private final SimulatorControl control;

    Silence(MovingWorkspace workspace, SimulatorControl control) {
        this.workspace = workspace;
        this.control = control;
    }

    /** Calls to the cluster to which there is no answer: what is in the way. */
    String refused(String method, String path) throws Exception {
        return control.inKubernetes(method, path, "'fault': 'partition'");
    }

    /** What the transition asks of the workspace's namespace before it does anything there. */
    String refusedLooks() throws Exception {
        return refused("GET", "/namespaces/" + workspace.id + "$");
    }

    /** What the transition asks before it closes or opens nodes, and nobody else. */
    String refusedLooksAtNodes() throws Exception {
        return refused("GET", looksAtNodes());
    }

    private String looksAtNodes() {
        return "/nodes\\\\?.*workspace=" + workspace.id + "(,|&|$)";
    }

    /** The cluster answers nothing from the moment at which the transition meets what is in its way, until it has asked again. */
    void falls(String transition, String stage, String inTheWay, String fault) throws Exception {
        await().atMost(PATIENCE).until(() -> control.happened(inTheWay) > 0 && workspace.isAt(transition, stage));
        // The product's own calls to it are counted.
        String ours = control.fault(ofCluster(
                "/nodes/[^/]+-k8s$|/namespaces(/%s(/(?!poddisruptionbudgets)[^?]*)?)?(\\\\?|$)|%s"
                        .formatted(workspace.id, looksAtNodes()),
                fault));
        // Kubelets live on, and somebody watches the budgets.
        String all = control.fault(ofCluster("^(?!.*(/leases/|/poddisruptionbudgets))", fault));
        control.remove(inTheWay);
        await().atMost(PATIENCE).until(() -> control.happened(ours) > 0);
        assertThat(workspace.isAt(transition, stage)).isTrue();
        control.remove(ours);
        control.remove(all);
    }

    private static String ofCluster(String path, String fault) {
        return "{'target': 'kubernetes', 'match': {'path_regex': '%s'}, 'fault': '%s'}".formatted(path, fault);
    }
}
