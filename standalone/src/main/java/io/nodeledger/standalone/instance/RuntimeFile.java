package io.nodeledger.standalone.instance;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a running instance is reached; kept in {@code runtime.json} while it runs.
 *
 * @param pid its process
 * @param baseUrl the REST API's
 * @param managementUrl of health, metrics and projections; loopback only
 * @param jdbcUrl its database
 * @param jdbcUser the role that owns the schemas
 * @param jdbcPassword that role's password
 * @param kafkaBootstrap where Kafka clients find its topics
 * @param logFile the current log
 * @param regions its regions
 * @param services its processes, when they are several
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuntimeFile(
        long pid,
        String baseUrl,
        String managementUrl,
        String jdbcUrl,
        String jdbcUser,
        String jdbcPassword,
        String kafkaBootstrap,
        String logFile,
        List<Region> regions,
        @Nullable List<Service> services) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A region as a client of its providers needs it.
     *
     * @param id e.g. {@code us-west-2}
     * @param proxmoxUrl base URL of the Proxmox API
     * @param proxmoxToken {@code user@realm!id=secret}
     * @param proxmoxFingerprint SHA-256 of the server's certificate, when it is pinned by that
     * @param kubeconfig a kubeconfig file for the cluster
     * @param simulatorControlUrl where its simulators are made to fail, when it is simulated
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Region(
            String id,
            String proxmoxUrl,
            String proxmoxToken,
            @Nullable String proxmoxFingerprint,
            String kubeconfig,
            @Nullable String simulatorControlUrl) {}

    /**
     * A process of a service.
     *
     * @param name the service's, e.g. {@code query-service}
     * @param instance which of its instances
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Service(String name, int instance, String logFile) {}

    static List<Region> regions(RegionsSettings settings, Map<String, String> controlUrls) {
        return settings.regions().stream()
                .map(region -> new Region(
                        region.id(),
                        region.proxmox().url(),
                        region.proxmox().token(),
                        region.proxmox().fingerprint(),
                        region.kubernetes().kubeconfig().toString(),
                        controlUrls.get(region.id())))
                .toList();
    }

    /** What the folder's instance wrote, when there is one that still lives. */
    public static Optional<RuntimeFile> read(DataFolder folder) {
        try {
            var runtime = JSON.readValue(Files.readString(folder.runtimeFile()), RuntimeFile.class);
            return ProcessHandle.of(runtime.pid()).map(process -> runtime);
        } catch (IOException | JacksonException absentOrHalfWritten) {
            return Optional.empty();
        }
    }

    void writeTo(DataFolder folder) throws IOException {
        PrivateFile.write(
                folder.runtimeFile(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    static void removeFrom(DataFolder folder) throws IOException {
        Files.deleteIfExists(folder.runtimeFile());
    }
}
