package io.nodeledger.simulators.proxmox;

import io.nodeledger.simulators.fault.Faults;
import io.nodeledger.simulators.machine.MachineListener;
import io.nodeledger.simulators.proxmox.access.Tokens;
import io.nodeledger.simulators.proxmox.api.Answer;
import io.nodeledger.simulators.proxmox.api.ApiServer;
import io.nodeledger.simulators.proxmox.api.Certificate;
import io.nodeledger.simulators.proxmox.api.Pipeline;
import io.nodeledger.simulators.proxmox.api.Request;
import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.Incidents;
import io.nodeledger.simulators.proxmox.cluster.Power;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Storages;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.fault.ProxmoxFaults;
import io.nodeledger.simulators.proxmox.guest.Guests;
import io.nodeledger.simulators.proxmox.operation.Datacenter;
import io.nodeledger.simulators.proxmox.store.Journal;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Tasks;
import io.nodeledger.simulators.proxmox.time.Timeline;
import io.nodeledger.simulators.request.Filter;
import io.nodeledger.simulators.request.Interception;
import io.nodeledger.simulators.request.Interceptor;
import io.nodeledger.simulators.request.Interceptors;
import io.nodeledger.simulators.request.Target;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    private final Faults faults = new Faults(Target.PROXMOX);
    private final Interceptors interceptors = new Interceptors();
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
        certificate =
                Certificate.in(home.resolve("tls"), settings.hosts().getFirst().name() + "." + settings.region());
        timeline.execute(() -> {
            tasks.resume();
            guests.resume();
            cluster.vms().stream().filter(Vm::restartPending).forEach(power::on);
        });
        Filter<Request, Answer> filter = interceptors
                .filter(Request::seen, Answer.LOST)
                .then(new ProxmoxFaults(faults, timeline, delays.unauthorised()));
        server = listen(vertx, settings.port(), new Pipeline(datacenter, tokens, filter));
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

    /** Shows every request before and after it has its effect; the interceptor may drop its connection. */
    public Interception intercept(Interceptor interceptor) {
        return interceptors.add(interceptor);
    }

    /** Removes a machine behind everyone's back; 404 when there is none. */
    public void vanish(int vmId) {
        change(() -> incidents.vanish(vmId));
    }

    /** Moves a machine to another host behind everyone's back; 404 when there is none, 400 for an unknown host. */
    public void migrate(int vmId, String host) {
        change(() -> incidents.migrate(vmId, host));
    }

    /** Moves a machine to any other host and answers to which; 404 when there is none. */
    public String migrate(int vmId) {
        return timeline.call(() -> incidents.migrate(vmId));
    }

    /** Turns a machine on or off behind everyone's back; 404 when there is none. */
    public void power(int vmId, boolean on) {
        change(() -> incidents.power(vmId, on));
    }

    /** Turns a machine off if it runs, otherwise on, and answers whether it runs now; 404 when there is none. */
    public boolean togglePower(int vmId) {
        return timeline.call(() -> incidents.togglePower(vmId));
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
