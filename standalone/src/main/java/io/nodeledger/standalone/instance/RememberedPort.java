package io.nodeledger.standalone.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The port used last time, as long as it can be had: clients that know it needn't look again. */
public final class RememberedPort {
    private RememberedPort() {}

    /** The port that the file names, or a free one, which the file names from now on. */
    public static int in(Path file) throws IOException {
        int last = Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        int port = Ports.preferably(last);
        if (port != last) {
            Files.writeString(file, Integer.toString(port));
        }
        return port;
    }
}
