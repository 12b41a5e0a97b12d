package io.nodeledger.simulators.proxmox;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A cluster for one test, its guests and a client that may do everything. */
final class SimulatedCluster implements AutoCloseable {
    static final String TEMPLATE = "/nodes/pve1/qemu/9000";

    private final Vertx vertx = EventLoops.create();
    final RecordedGuests guests = new RecordedGuests();
    final ProxmoxSimulator simulator;
    final Wire wire;

    SimulatedCluster(Path directory, double timeScale) throws Exception {
        this(directory, settings -> settings.withTimeScale(timeScale));
    }

    SimulatedCluster(Path directory, UnaryOperator<ProxmoxSimulatorSettings> changed) throws Exception {
        simulator = ProxmoxSimulator.start(
                vertx, changed.apply(ProxmoxSimulatorSettings.of("us-west-2", directory)), guests);
        wire = new Wire(simulator);
    }

    static String vm(int vmId) {
        return "/nodes/pve1/qemu/" + vmId;
    }

    Wire.Reply askForClone(int vmId, String... more) {
        String[] pairs = new String[more.length + 6];
        String[] first = {
            "newid", String.valueOf(vmId), "name", "node-" + vmId, "description", "nodeledger:node-" + vmId
        };
        System.arraycopy(first, 0, pairs, 0, first.length);
        System.arraycopy(more, 0, pairs, first.length, more.length);
        return wire.post(TEMPLATE + "/clone", pairs);
    }

    /** A full clone that is there. */
    void cloned(int vmId) {
        wire.ok(askForClone(vmId, "full", "1"));
    }

    void started(int vmId) {
        cloned(vmId);
        wire.ok(wire.post(vm(vmId) + "/status/start"));
    }

    @Override
    public void close() throws IOException {
        simulator.close();
        vertx.close();
    }
}
