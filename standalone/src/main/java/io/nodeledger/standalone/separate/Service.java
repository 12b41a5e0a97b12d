package io.nodeledger.standalone.separate;

import io.nodeledger.standalone.Obstacle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The services that an installation consists of, each a program of its own. */
public enum Service {
    /** Takes requests that change something. */
    COMMAND("command-service"),
    /** Answers requests that read. */
    QUERY("query-service"),
    /** Works on nodes; nobody asks it anything. */
    PROVISIONER("provisioner-saga"),
    /** Tells others, and keeps whom. */
    WEBHOOK("webhook-service");

    private final String module;

    Service(String module) {
        this.module = module;
    }

    /** The module's name, which is the service's. */
    public String module() {
        return module;
    }

    /**
     * The built program.
     *
     * @throws Obstacle when it has not been built
     */
    Path program() {
        Path target = root().resolve(module).resolve("target");
        try (var programs = Files.newDirectoryStream(target, module + "-*.jar")) {
            for (Path program : programs) {
                return program;
            }
        } catch (IOException absent) {
            throw new Obstacle(module + " is not built: there is no " + target, absent);
        }
        throw new Obstacle(module + " is not built: there is no program in " + target);
    }

    /** Where the modules are: this class is in one of them, in a target folder or a jar there. */
    private static Path root() {
        try {
            Path place = Path.of(Service.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            while (!Files.isDirectory(place.resolve(COMMAND.module()))) {
                Path above = place.getParent();
                if (above == null) {
                    throw new Obstacle("The services are not beside the program that starts them");
                }
                place = above;
            }
            return place;
        } catch (URISyntaxException impossible) {
            throw new UncheckedIOException(new IOException("This class has no place", impossible));
        }
    }
}
