package io.nodeledger.standalone.instance;

import io.nodeledger.standalone.Obstacle;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** The claim of one instance on its data folder. The operating system drops it with the process, however that ends. */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Claims the folder.
     *
     * @throws Obstacle when another instance has it
     */
    static FolderLock claim(DataFolder folder) throws IOException {
        var channel = FileChannel.open(folder.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            channel.close();
            throw taken(folder);
        }
        channel.close();
        throw taken(folder);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Obstacle taken(DataFolder folder) {
        var owner = RuntimeFile.read(folder)
                .map(runtime -> " (process " + runtime.pid() + ", " + runtime.baseUrl() + ")")
                .orElse("");
        return new Obstacle("The data folder " + folder.root() + " is in use by another instance" + owner
                + ": stop that one, or choose another folder with --data.");
    }
}
