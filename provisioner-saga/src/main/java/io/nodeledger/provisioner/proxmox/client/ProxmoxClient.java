package io.nodeledger.provisioner.proxmox.client;

import static io.nodeledger.provisioner.proxmox.client.ProxmoxHttp.encoded;

import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.region.CallWatch;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/**
 * The calls to one region's Proxmox VE cluster, version 8 or newer. Connects when it is first used. Calls that change
 * something answer the task that does it, empty when it is done already. Every failure is a {@link ProxmoxFailure}.
 */
public final class ProxmoxClient implements AutoCloseable {
    /** No call takes longer, an upload included. */
    public static final Duration LONGEST_CALL = CallLimits.STANDARD.longest();

    private static final int LOG_LINES = 10_000;

    private final ProxmoxHttp http;
    private final int template;

    public ProxmoxClient(RegionsSettings.Proxmox settings) {
        this(settings, settings::token, CallWatch.NONE);
    }

    /**
     * A client whose calls are watched.
     *
     * @param tokens answers the token of now, for when the server does not accept the former one any more
     */
    public ProxmoxClient(RegionsSettings.Proxmox settings, Supplier<String> tokens, CallWatch watch) {
        this(settings, tokens, CallLimits.STANDARD, watch);
    }

    ProxmoxClient(RegionsSettings.Proxmox settings, CallLimits limits) {
        this(settings, settings::token, limits, CallWatch.NONE);
    }

    private ProxmoxClient(
            RegionsSettings.Proxmox settings, Supplier<String> tokens, CallLimits limits, CallWatch watch) {
        this.http = new ProxmoxHttp(settings, tokens, limits, watch);
        this.template = settings.template();
    }

    /**
     * Everything in the cluster.
     *
     * @throws ProxmoxFailure of kind RETRY_SLOWLY when the listing lacks the template or any host: a token without
     *     rights gets 200 and an empty list, and so does nobody's outage have to look like one
     */
    public ClusterListing listing() {
        ClusterListing listing = Answers.listing(http.get("/cluster/resources", Map.of()));
        if (listing.hosts().isEmpty() || listing.machine(template).isEmpty()) {
            throw new ProxmoxFailure(
                    Kind.RETRY_SLOWLY,
                    "The cluster's listing can't be trusted: it lacks "
                            + (listing.hosts().isEmpty() ? "its hosts" : "")
                            + (listing.machine(template).isEmpty() ? " template " + template : "")
                            + "; the token may have lost rights (VM.Audit, Sys.Audit)");
        }
        return listing;
    }

    /** The configuration of a machine on the host that it is on. */
    public MachineConfig config(String host, int vmId) {
        var values = new HashMap<String, String>();
        JsonNode data = http.get(machine(host, vmId) + "/config", Map.of());
        data.propertyStream()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asString()));
        return new MachineConfig(Map.copyOf(values));
    }

    /** Whether a machine is powered on. */
    public boolean running(String host, int vmId) {
        JsonNode data = http.get(machine(host, vmId) + "/status/current", Map.of());
        return new Fields(data).text("status", "unknown").equals("running");
    }

    /** Starts a full clone; its task's id names the template, not the clone. */
    public Optional<Upid> clone(CloneOrder order) {
        var form = new LinkedHashMap<String, String>();
        form.put("newid", Integer.toString(order.newId()));
        form.put("name", order.name());
        form.put("description", order.description());
        form.put("full", "1");
        form.put("storage", order.storage());
        if (order.pool() != null && !order.pool().isBlank()) {
            form.put("pool", order.pool());
        }
        if (!order.targetHost().equals(order.templateHost())) {
            form.put("target", order.targetHost());
        }
        return change(HttpMethod.POST, machine(order.templateHost(), order.template()) + "/clone", form);
    }

    /** Changes settings; a {@code digest} among them guards against overwriting somebody else's change. */
    public Optional<Upid> configure(String host, int vmId, Map<String, String> settings) {
        return change(HttpMethod.POST, machine(host, vmId) + "/config", settings);
    }

    /** Grows a disk to a size in GiB. */
    public Optional<Upid> resize(String host, int vmId, String disk, long gigabytes) {
        return change(HttpMethod.PUT, machine(host, vmId) + "/resize", Map.of("disk", disk, "size", gigabytes + "G"));
    }

    /** Powers a machine on. */
    public Optional<Upid> start(String host, int vmId) {
        return change(HttpMethod.POST, machine(host, vmId) + "/status/start", Map.of());
    }

    /**
     * Asks the guest to shut down.
     *
     * @param thenCut whether the power is cut at the time-out; otherwise the task fails then
     */
    public Optional<Upid> shutdown(String host, int vmId, int timeoutSeconds, boolean thenCut) {
        var form = Map.of("timeout", Integer.toString(timeoutSeconds), "forceStop", thenCut ? "1" : "0");
        return change(HttpMethod.POST, machine(host, vmId) + "/status/shutdown", form);
    }

    /** Cuts the power, also in the middle of a graceful shutdown. */
    public Optional<Upid> stop(String host, int vmId) {
        return change(HttpMethod.POST, machine(host, vmId) + "/status/stop", Map.of("overrule-shutdown", "1"));
    }

    /** Destroys a machine with its disks and takes it out of HA, backup and replication jobs. */
    public Optional<Upid> destroy(String host, int vmId) {
        return task(http.delete(machine(host, vmId), Map.of("purge", "1", "destroy-unreferenced-disks", "1")));
    }

    /** What the guest agent says of the guest's addresses. */
    public List<GuestAddress> addresses(String host, int vmId) {
        return Answers.addresses(http.get(machine(host, vmId) + "/agent/network-get-interfaces", Map.of()));
    }

    /**
     * What all machines of the cluster that run are doing, in one call. Machines that the token may not see are missing,
     * so that nothing follows from a machine's absence.
     */
    public List<MachineFigures> figures() {
        return FigureAnswers.figures(http.get("/cluster/resources", Map.of("type", "vm")));
    }

    /** What a machine's disks have done; empty where the server does not count. */
    public Optional<DiskOperations> diskOperations(String host, int vmId) {
        return FigureAnswers.operations(http.get(machine(host, vmId) + "/status/current", Map.of()));
    }

    /** How full a guest is, as its agent says. */
    public Optional<GuestStorage> storage(String host, int vmId) {
        return FigureAnswers.storage(http.get(machine(host, vmId) + "/agent/get-fsinfo", Map.of()));
    }

    /** What a guest's network has done, as its agent says. */
    public Optional<GuestPackets> packets(String host, int vmId) {
        return FigureAnswers.packets(http.get(machine(host, vmId) + "/agent/network-get-interfaces", Map.of()));
    }

    /** Uploads an ISO image, replacing one of the same name. */
    public Optional<Upid> uploadIso(String host, String storage, String fileName, byte[] image) {
        return task(http.upload(
                storage(host, storage) + "/upload", new Multipart(Map.of("content", "iso"), fileName, image)));
    }

    /** Removes an ISO image. */
    public Optional<Upid> deleteIso(String host, String storage, String fileName) {
        return task(http.delete(
                storage(host, storage) + "/content/" + encoded(storage) + ":iso/" + encoded(fileName), Map.of()));
    }

    /** The volume ids of the ISO images that a host sees on a storage. */
    public Set<String> isos(String host, String storage) {
        return Answers.volumes(http.get(storage(host, storage) + "/content", Map.of("content", "iso")));
    }

    /**
     * Begins a backup while the machine runs, compressed with zstd; no other backup is removed for it. Empty when the
     * machine is on another host, where nothing was done.
     *
     * @param notes one line without braces and backslashes, by which the backup is found again
     */
    public Optional<Upid> backup(String host, int vmId, String storage, String notes) {
        var form = new LinkedHashMap<String, String>();
        form.put("vmid", Integer.toString(vmId));
        form.put("storage", storage);
        form.put("mode", "snapshot");
        form.put("compress", "zstd");
        form.put("remove", "0");
        form.put("notes-template", notes);
        return change(HttpMethod.POST, "/nodes/" + encoded(host) + "/vzdump", form);
    }

    /** The backups of a machine that a host sees on a storage. Those that the token may not see are missing. */
    public List<BackupVolume> backups(String host, String storage, int vmId) {
        var query = Map.of("content", "backup", "vmid", Integer.toString(vmId));
        return Answers.backups(http.get(storage(host, storage) + "/content", query));
    }

    /** How a task is doing. */
    public TaskStatus task(Upid upid) {
        return Answers.taskStatus(
                http.get("/nodes/" + encoded(upid.host()) + "/tasks/" + encoded(upid.text()) + "/status", Map.of()));
    }

    /**
     * The tasks of a type that a host is doing for a machine right now, the newest first. No time is asked for: the
     * host's clock and ours may differ.
     */
    public List<ListedTask> runningTasks(String host, int vmId, String type) {
        var query = Map.of("vmid", Integer.toString(vmId), "typefilter", type, "source", "active");
        return Answers.tasks(http.get("/nodes/" + encoded(host) + "/tasks", query)).stream()
                .filter(task -> task.status().running())
                .toList();
    }

    /** The tasks of a type that a host has begun for a machine since then by its own clock, the newest first. */
    public List<ListedTask> tasks(String host, int vmId, String type, Instant since) {
        var query = Map.of(
                "vmid",
                Integer.toString(vmId),
                "typefilter",
                type,
                "source",
                "all",
                "since",
                Long.toString(since.getEpochSecond()));
        return Answers.tasks(http.get("/nodes/" + encoded(host) + "/tasks", query));
    }

    /** The lines of a task's log. */
    public List<String> taskLog(Upid upid) {
        String path = "/nodes/" + encoded(upid.host()) + "/tasks/" + encoded(upid.text()) + "/log";
        return Answers.log(http.get(path, Map.of("limit", Integer.toString(LOG_LINES))));
    }

    /** What the token may do: privileges by path, each with whether it holds below that path too. */
    public Map<String, Map<String, Boolean>> permissions() {
        return Answers.permissions(http.get("/access/permissions", Map.of()));
    }

    private Optional<Upid> change(HttpMethod method, String path, Map<String, String> form) {
        return task(http.send(method, path, form));
    }

    private static Optional<Upid> task(JsonNode data) {
        return data.isString() && data.asString().startsWith("UPID:")
                ? Optional.of(new Upid(data.asString()))
                : Optional.empty();
    }

    private static String machine(String host, int vmId) {
        return "/nodes/" + encoded(host) + "/qemu/" + vmId;
    }

    private static String storage(String host, String storage) {
        return "/nodes/" + encoded(host) + "/storage/" + encoded(storage);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
