package io.nodeledger.standalone.postgres;

import io.nodeledger.standalone.instance.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The port used last time, as long as it can be had: clients that know it needn't look again. */
final class RememberedPort {
    private RememberedPort() {}

    static int in(Path file) throws IOException {
        int last = Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        int port = Ports.preferably(last);
        if (port != last) {
            Files.writeString(file, Integer.toString(port));
        }
        return port;
    }
}
