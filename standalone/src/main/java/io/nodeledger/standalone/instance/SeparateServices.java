package io.nodeledger.standalone.instance;

import io.nodeledger.base.settings.DatabaseSettings;
import io.nodeledger.provisioner.region.RegionsSettings;
import io.nodeledger.standalone.separate.Gateway;
import io.nodeledger.standalone.separate.Service;
import io.nodeledger.standalone.separate.ServiceFleet;
import io.nodeledger.webhook.kafka.KafkaSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;

/** The services: several processes of each behind one port. */
final class SeparateServices implements RunningServices {
    private final InstanceSettings settings;
    private final ChosenSettings chosen;
    private final Map<String, Object> derived;
    private final ServiceFleet fleet;
    private final Gateway gateway;

    private SeparateServices(
            InstanceSettings settings,
            ChosenSettings chosen,
            Map<String, Object> derived,
            ServiceFleet fleet,
            Gateway gateway) {
        this.settings = settings;
        this.chosen = chosen;
        this.derived = derived;
        this.fleet = fleet;
        this.gateway = gateway;
    }

    /**
     * Starts them.
     *
     * @param derived settings that follow from what is embedded; those that were chosen win over them
     */
    static SeparateServices start(InstanceSettings settings, ChosenSettings chosen, Map<String, Object> derived)
            throws IOException, InterruptedException {
        var all = new Properties();
        // They are behind the gateway, which tells them who asks.
        all.setProperty("server.forward-headers-strategy", "native");
        derived.forEach((key, value) -> all.setProperty(key, value.toString()));
        all.putAll(settings.properties());
        Path file = settingsFile(settings);
        var written = new StringWriter();
        all.store(written, null);
        PrivateFile.write(file, written.toString());
        Path logs = settings.folder().logFile().resolveSibling(".").normalize();
        var fleet = ServiceFleet.start(settings.instances(), file, logs);
        try {
            return new SeparateServices(settings, chosen, derived, fleet, Gateway.open(fleet, settings.port()));
        } catch (IOException | RuntimeException failure) {
            fleet.close();
            throw failure;
        }
    }

    @Override
    public RuntimeFile runtime(DataFolder folder, Map<String, String> controlUrls) {
        var database = chosen.with(derived, DatabaseSettings.class);
        return new RuntimeFile(
                ProcessHandle.current().pid(),
                "http://localhost:" + gateway.port(),
                "http://localhost:" + gateway.managementPort(),
                database.url(),
                database.username(),
                database.password(),
                chosen.with(derived, KafkaSettings.class).bootstrapServers(),
                folder.logFile().toString(),
                RuntimeFile.regions(chosen.with(derived, RegionsSettings.class), controlUrls),
                processes(folder));
    }

    private List<RuntimeFile.Service> processes(DataFolder folder) {
        return Arrays.stream(Service.values())
                .flatMap(service -> IntStream.rangeClosed(1, settings.instances())
                        .mapToObj(number -> new RuntimeFile.Service(
                                service.module(),
                                number,
                                folder.logFile()
                                        .resolveSibling(service.module() + "-" + number + ".log")
                                        .toString())))
                .toList();
    }

    @Override
    public void close() throws IOException {
        try {
            gateway.close();
        } finally {
            fleet.close();
            Files.deleteIfExists(settingsFile(settings));
        }
    }

    /** Secrets are in it: it is there only while processes may be started. */
    private static Path settingsFile(InstanceSettings settings) {
        return settings.folder().processes().resolve("services.properties");
    }
}
