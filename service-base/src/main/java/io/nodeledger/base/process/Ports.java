package io.nodeledger.base.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Tells who has started this process where it serves: two lines, the API's port and that of health and metrics. */
final class Ports implements ApplicationListener<ApplicationReadyEvent> {
    private final Path file;

    Ports(Path file) {
        this.file = file;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        var environment = ready.getApplicationContext().getEnvironment();
        String api = environment.getRequiredProperty("local.server.port");
        String management = environment.getProperty("local.management.port", api);
        try {
            // Nobody reads half of it.
            Path written =
                    Files.writeString(file.resolveSibling(file.getFileName() + ".new"), api + "\n" + management + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("The ports can't be written to " + file, failure);
        }
    }
}
