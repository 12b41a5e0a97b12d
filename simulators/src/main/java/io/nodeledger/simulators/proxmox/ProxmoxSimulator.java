package io.nodeledger.simulators.proxmox;

import io.nodeledger.simulators.machine.MachineListener;
import io.nodeledger.simulators.proxmox.access.Tokens;
import io.nodeledger.simulators.proxmox.api.ApiServer;
import io.nodeledger.simulators.proxmox.api.Certificate;
import io.nodeledger.simulators.proxmox.api.Pipeline;
import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.Incidents;
import io.nodeledger.simulators.proxmox.cluster.Power;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Storages;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.fault.Faults;
import io.nodeledger.simulators.proxmox.guest.Guests;
import io.nodeledger.simulators.proxmox.operation.Datacenter;
import io.nodeledger.simulators.proxmox.store.Journal;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Tasks;
import io.nodeledger.simulators.proxmox.time.Timeline;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A running simulated Proxmox VE cluster. Its machines, tasks, images, certificate, token and port survive a restart;
 * tasks that a restart interrupted go on, and machines that ran boot again for the listener.
 */
public final class ProxmoxSimulator implements AutoCloseable {
    private final Timeline timeline;
    private final Journal journal;
    private final Tokens tokens;
    private final Cluster cluster;
    private final Incidents incidents;
    private final Faults faults;
    private final ApiServer server;
    private final Certificate certificate;

    private ProxmoxSimulator(Vertx vertx, ProxmoxSimulatorSettings settings, MachineListener listener)
            throws IOException {
        Path home = Files.createDirectories(settings.dataDirectory());
        Delays delays = settings.delays();
        timeline = new Timeline(settings.region(), settings.timeScale());
        journal = Journal.open(home.resolve("state.journal"));
        tokens = new Tokens(journal);
        settings.tokens().forEach(tokens::add);
        Storages storages = new Storages(settings.storages(), settings.hosts(), home.resolve("storage"));
        cluster = new Cluster(
                settings.region(),
                settings.hosts(),
                settings.pools(),
                storages,
                timeline,
                journal,
                timeline.scaled(delays.statusLag()));
        TemplateImage.install(settings.template(), cluster);
        Guests guests = new Guests(cluster, timeline, listener);
        Power power = new Power(cluster, guests, timeline, delays.boot());
        incidents = new Incidents(cluster, power, guests);
        Locks locks = new Locks(timeline);
        Tasks tasks = new Tasks(timeline, journal, locks);
        Datacenter datacenter = new Datacenter(cluster, power, tasks, locks, timeline, delays, home.resolve("uploads"));
        datacenter.registerWorks();
        faults = new Faults(timeline);
        certificate =
                Certificate.in(home.resolve("tls"), settings.hosts().getFirst().name() + "." + settings.region());
        timeline.execute(() -> {
            tasks.resume();
            guests.resume();
            cluster.vms().stream().filter(Vm::restartPending).forEach(power::on);
        });
        server = listen(vertx, settings.port(), new Pipeline(datacenter, tokens, List.of(faults)));
        journal("port", String.valueOf(server.port()));
    }

    /**
     * Starts a cluster and its API.
     *
     * @param vertx the event loops, which several simulators may share; closing them is the caller's business
     * @throws IOException when its data directory or its port cannot be used
     */
    public static ProxmoxSimulator start(Vertx vertx, ProxmoxSimulatorSettings settings, MachineListener listener)
            throws IOException {
        return new ProxmoxSimulator(vertx, settings, listener);
    }

    /** Such as {@code https://127.0.0.1:8006}; the API is below {@code /api2/json}. */
    public String url() {
        return "https://127.0.0.1:" + server.port();
    }

    public int port() {
        return server.port();
    }

    /** {@code user@realm!name=secret} of a token that may do everything. */
    public String token() {
        return tokens.root().credentials();
    }

    /** SHA-256 of the server's certificate, upper-case hex with colons. */
    public String fingerprint() throws IOException {
        return certificate.fingerprint();
    }

    /** The server's certificate, which is its own authority. */
    public byte[] certificatePem() throws IOException {
        return certificate.certificatePem();
    }

    /** Accepts another token from now on. */
    public void addToken(TokenSpec token) {
        tokens.add(token);
    }

    /** Failures to come. */
    public Faults faults() {
        return faults;
    }

    /** Removes a machine behind everyone's back. */
    public void vanish(int vmId) {
        change(() -> incidents.vanish(vmId));
    }

    /** Moves a machine to another host behind everyone's back. */
    public void migrate(int vmId, String host) {
        change(() -> incidents.migrate(vmId, host));
    }

    /** Turns a machine on or off behind everyone's back. */
    public void power(int vmId, boolean on) {
        change(() -> incidents.power(vmId, on));
    }

    /** Puts a machine under high availability, or takes it out. */
    public void haManaged(int vmId, boolean managed) {
        change(() -> cluster.haManaged(
                cluster.find(vmId).orElseThrow(() -> PveError.failed("VM " + vmId + " does not exist")), managed));
    }

    @Override
    public void close() throws IOException {
        server.close();
        timeline.close();
        journal.close();
    }

    private void change(Runnable work) {
        var _ = timeline.call(() -> {
            work.run();
            return true;
        });
    }

    private void journal(String key, String value) {
        change(() -> journal.text(key, value));
    }

    private ApiServer listen(Vertx vertx, int wanted, Pipeline pipeline) throws IOException {
        int last = journal.text("port").map(Integer::parseInt).orElse(0);
        if (wanted == 0 && last != 0) {
            try {
                return ApiServer.listen(vertx, last, certificate, pipeline, timeline);
            } catch (IOException taken) {
                return ApiServer.listen(vertx, 0, certificate, pipeline, timeline);
            }
        }
        return ApiServer.listen(vertx, wanted, certificate, pipeline, timeline);
    }
}
