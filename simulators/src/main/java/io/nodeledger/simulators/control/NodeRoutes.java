package io.nodeledger.simulators.control;

import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Cutting nodes off from their cluster while their machines run on. */
final class NodeRoutes {
    private final KubernetesSimulator kubernetes;

    NodeRoutes(KubernetesSimulator kubernetes) {
        this.kubernetes = kubernetes;
    }

    void mount(Router router) {
        router.post("/nodes/:name/silence").handler(context -> silence(context, true));
        router.post("/nodes/:name/wake").handler(context -> silence(context, false));
    }

    private void silence(RoutingContext context, boolean silent) {
        Document.parse(context).requireGood();
        String name = context.pathParam("name");
        if (silent) {
            kubernetes.silence(name);
        } else {
            kubernetes.wake(name);
        }
        Replies.send(context, 200, Map.of("name", name, "silent", silent));
    }
}
