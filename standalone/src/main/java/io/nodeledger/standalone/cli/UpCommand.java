package io.nodeledger.standalone.cli;

import io.nodeledger.standalone.Obstacle;
import io.nodeledger.standalone.instance.Instance;
import io.nodeledger.standalone.instance.InstanceSettings;
import io.nodeledger.standalone.instance.RuntimeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code up}: runs everything in this process until a signal ends it. */
@Command(name = "up", description = "Runs everything in one process until Ctrl-C or SIGTERM.")
final class UpCommand implements Callable<Integer> {
    /** Read by {@code logback.xml}; must be set before the first logger is made. */
    private static final String LOG_FILE = "nodeledger.log-file";

    private static final String LOG_FORMAT = "nodeledger.log-format";

    /** Spring Boot's own, which separate services read for themselves. */
    private static final String FILE_FORMAT = "logging.structured.format.file";

    /** Enough to see that one can go. */
    private static final int INSTANCES = 2;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Port of the REST API (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--time-scale",
            defaultValue = "1.0",
            paramLabel = "FACTOR",
            description = "Multiplies the simulators' delays (default: ${DEFAULT-VALUE}).")
    private double timeScale;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting of docs/settings.md; may be repeated.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = "--separate",
            description = "Runs each service in processes of its own, two of each, behind a proxy on the port.")
    private boolean separate;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws Exception {
        var folder = data.folder().created();
        System.setProperty(LOG_FILE, folder.logFile().toString());
        System.setProperty(LOG_FORMAT, logFormat());
        if (timeScale < 0) {
            throw new Obstacle("--time-scale must be 0 or more, but is " + timeScale + ".");
        }
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LoggerFactory.getLogger(UpCommand.class).error("Thread {} ended", thread.getName(), failure));
        var settings = new InstanceSettings(folder, port, timeScale, properties);
        var instance = new Instance(separate ? settings.separate(INSTANCES) : settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(instance), "stop"));
        try {
            greet(instance.start());
            instance.warnings().forEach(warning -> System.err.println("Warning: " + warning + "."));
        } catch (Obstacle obstacle) {
            throw obstacle;
        } catch (Exception failure) {
            LoggerFactory.getLogger(UpCommand.class).error("Could not start", failure);
            throw new Obstacle(
                    "Nodeledger could not start: " + deepest(failure) + " (more in " + folder.logFile() + ")", failure);
        }
        new CountDownLatch(1).await();
        return 0;
    }

    /** Spring's own way to read settings would make the first logger. */
    private String logFormat() {
        String variable = System.getenv(FILE_FORMAT.toUpperCase(Locale.ROOT).replace('.', '_'));
        return properties.getOrDefault(FILE_FORMAT, variable == null ? "" : variable);
    }

    /** A stop that was asked for is a success, whatever the signal. */
    private static void stop(Instance instance) {
        boolean asked = instance.isReady();
        try {
            instance.close();
        } catch (IOException failure) {
            System.err.println("Nodeledger did not stop cleanly: " + deepest(failure));
            Runtime.getRuntime().halt(1);
        }
        if (asked) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static String deepest(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at.getMessage() == null ? at.toString() : at.getMessage();
    }

    private void greet(RuntimeFile runtime) {
        var folder = data.folder().root();
        String option = folder.equals(Path.of("data").toAbsolutePath()) ? "" : " --data " + folder;
        System.out.printf("""
                Nodeledger is ready on %1$s

                Next, in another terminal:
                  ./nodeledger demo%2$s

                or by hand:
                  TOKEN=$(./nodeledger token --workspace ws-demo --role admin%2$s)
                  curl -s %1$s/api/v1/workspaces/ws-demo/nodes -H "Authorization: Bearer $TOKEN" \\
                    -H 'Content-Type: application/json' -d '{
                      "name": "prod-node-1", "plan_id": "plan-dedicated-4c8g", "region": "us-west-2",
                      "labels": {"environment": "production", "team": "backend"},
                      "taints": [{"key": "dedicated", "value": "backend", "effect": "NoSchedule"}],
                      "auto_scaling": {"enabled": false}}'
                  curl -s %1$s/api/v1/workspaces/ws-demo/nodes -H "Authorization: Bearer $TOKEN"

                Log: %3$s
                Ctrl-C stops; the next start goes on where this one was.
                """, runtime.baseUrl(), option, runtime.logFile());
        System.out.flush();
    }
}
