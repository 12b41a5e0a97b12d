package io.nodeledger.simulators.control;

import io.nodeledger.simulators.RawHttp;
import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import io.nodeledger.simulators.kubernetes.KubernetesSimulatorSettings;
import io.nodeledger.simulators.proxmox.EventLoops;
import io.nodeledger.simulators.proxmox.ProxmoxSimulator;
import io.nodeledger.simulators.proxmox.ProxmoxSimulatorSettings;
import io.nodeledger.simulators.proxmox.Wire;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Both simulators of a region without delays, and clients of theirs and of their control server. */
final class ControlledRegion implements AutoCloseable {
    private final Vertx vertx = EventLoops.create();
    private final AtomicInteger lastId = new AtomicInteger(100);
    final KubernetesSimulator kubernetes;
    final ProxmoxSimulator proxmox;
    final ControlServer server;
    final RawHttp control;
    final Wire pve;
    final KubeWire kube;

    ControlledRegion(Path folder) throws Exception {
        kubernetes = KubernetesSimulator.start(
                new KubernetesSimulatorSettings("test", folder.resolve("kubernetes"), 0, 0, 1, false, 50), vertx);
        proxmox = ProxmoxSimulator.start(
                vertx,
                ProxmoxSimulatorSettings.of("test", folder.resolve("proxmox")).withTimeScale(0),
                kubernetes.machineListener());
        server = ControlServer.start(vertx, folder.resolve("control-port"), proxmox, kubernetes);
        control = RawHttp.plain(server.url());
        pve = new Wire(proxmox);
        kube = new KubeWire(kubernetes);
    }

    RawHttp.Reply post(String path, String json) {
        return control.send("POST", path, "Content-Type: application/json\r\n", json.getBytes(StandardCharsets.UTF_8));
    }

    RawHttp.Reply post(String path) {
        return control.send("POST", path, "", new byte[0]);
    }

    RawHttp.Reply get(String path) {
        return control.send("GET", path, "", new byte[0]);
    }

    RawHttp.Reply delete(String path) {
        return control.send("DELETE", path, "", new byte[0]);
    }

    /** Plans a fault and answers its id; apostrophes stand for quotation marks. */
    String fault(String json) {
        RawHttp.Reply reply = post("/faults", json.replace('\'', '"'));
        if (reply.status() != 201) {
            throw new AssertionError(reply.toString());
        }
        return reply.json().path("id").asString();
    }

    int faultsPlanned() {
        return get("/faults").json().size();
    }

    /** A machine that stands still, under an id of its own. */
    int clonedMachine() {
        int vmId = lastId.incrementAndGet();
        pve.ok(pve.post(
                "/nodes/pve1/qemu/9000/clone", "newid", String.valueOf(vmId), "name", "node-" + vmId, "full", "1"));
        return vmId;
    }

    static String vm(int vmId) {
        return "/nodes/pve1/qemu/" + vmId;
    }

    boolean running(int vmId) {
        return pve.get(vm(vmId) + "/status/current")
                .data()
                .path("status")
                .asString()
                .equals("running");
    }

    /** Does something on a thread of its own, because it may wait for its answer for long. */
    static <T> CompletableFuture<T> meanwhile(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    @Override
    public void close() throws IOException {
        server.close();
        proxmox.close();
        kubernetes.close();
        vertx.close().await();
    }
}
