package io.nodeledger.standalone.instance;

import io.nodeledger.base.settings.DatabaseSettings;
import io.nodeledger.provisioner.region.RegionsSettings;
import io.nodeledger.standalone.StandaloneApplication;
import io.nodeledger.webhook.kafka.KafkaSettings;
import java.util.ArrayList;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The services: one Spring application with all of them. */
final class Services implements RunningServices {
    private final ConfigurableApplicationContext context;

    private Services(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts them.
     *
     * @param derived settings that follow from what is embedded; all others win over them
     */
    static Services start(InstanceSettings settings, Map<String, Object> derived) {
        var application = new SpringApplication(StandaloneApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(derived);
        return new Services(application.run(arguments(settings)));
    }

    @Override
    public RuntimeFile runtime(DataFolder folder, Map<String, String> controlUrls) {
        var database = context.getBean(DatabaseSettings.class);
        return new RuntimeFile(
                ProcessHandle.current().pid(),
                "http://localhost:" + port("local.server.port"),
                "http://localhost:" + port("local.management.port"),
                database.url(),
                database.username(),
                database.password(),
                context.getBean(KafkaSettings.class).bootstrapServers(),
                folder.logFile().toString(),
                RuntimeFile.regions(context.getBean(RegionsSettings.class), controlUrls),
                null);
    }

    ApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    private static String[] arguments(InstanceSettings settings) {
        var arguments = new ArrayList<String>();
        arguments.add("--server.port=" + settings.port());
        settings.properties().forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return arguments.toArray(String[]::new);
    }
}
