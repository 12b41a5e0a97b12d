package io.nodeledger.standalone.cli;

import io.nodeledger.standalone.Obstacle;
import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.instance.RuntimeFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data}, which every command has. */
final class DataOption {
    @Option(
            names = "--data",
            defaultValue = "./data",
            paramLabel = "FOLDER",
            description = "Where the instance keeps everything (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    DataFolder folder() {
        return new DataFolder(data);
    }

    /** The instance that runs on the folder. */
    RuntimeFile running() {
        return RuntimeFile.read(folder())
                .orElseThrow(() -> new Obstacle("No instance runs on " + folder().root()
                        + ": start one with ./nodeledger up"
                        + (data.equals(Path.of("./data")) ? "" : " --data " + data) + "."));
    }
}
