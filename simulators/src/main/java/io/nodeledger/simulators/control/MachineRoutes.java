package io.nodeledger.simulators.control;

import io.nodeledger.simulators.proxmox.ProxmoxSimulator;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/** What happens to machines behind everyone's back. The simulator is waited for, so not on an event loop. */
final class MachineRoutes {
    private final ProxmoxSimulator proxmox;

    MachineRoutes(ProxmoxSimulator proxmox) {
        this.proxmox = proxmox;
    }

    void mount(Router router) {
        router.post("/machines/:vmid/vanish").blockingHandler(this::vanish, false);
        router.post("/machines/:vmid/migrate").blockingHandler(this::migrate, false);
        router.post("/machines/:vmid/power").blockingHandler(this::power, false);
    }

    private void vanish(RoutingContext context) {
        Document body = Document.parse(context);
        int vmId = vmId(context, body);
        body.requireGood();
        proxmox.vanish(vmId);
        Replies.send(context, 200, Map.of("vmid", vmId));
    }

    private void migrate(RoutingContext context) {
        Document body = Document.parse(context);
        int vmId = vmId(context, body);
        Optional<String> wanted = body.text("host");
        body.requireGood();
        wanted.ifPresent(host -> proxmox.migrate(vmId, host));
        String host = wanted.orElseGet(() -> proxmox.migrate(vmId));
        Replies.send(context, 200, Map.of("vmid", vmId, "host", host));
    }

    private void power(RoutingContext context) {
        Document body = Document.parse(context);
        int vmId = vmId(context, body);
        Optional<Boolean> wanted = body.flag("on");
        body.requireGood();
        wanted.ifPresent(on -> proxmox.power(vmId, on));
        boolean on = wanted.orElseGet(() -> proxmox.togglePower(vmId));
        Replies.send(context, 200, Map.of("vmid", vmId, "on", on));
    }

    private static int vmId(RoutingContext context, Document body) {
        String text = context.pathParam("vmid");
        if (text.matches("\\d{1,9}")) {
            return Integer.parseInt(text);
        }
        body.wrong("vmid", "must be a machine's number");
        return 0;
    }
}
