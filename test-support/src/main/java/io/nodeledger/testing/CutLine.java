package io.nodeledger.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a database, which a test cuts and mends. */
public final class CutLine implements AutoCloseable {
    private final TestDatabase behind;
    private final URI target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** A line that is whole. */
    public CutLine(TestDatabase behind) throws IOException {
        this.behind = behind;
        target = URI.create(behind.url().substring("jdbc:".length()));
        door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The database as it is reached by the line. */
    public TestDatabase database() {
        String there = target.getHost() + ":" + target.getPort();
        return new TestDatabase(
                behind.url().replace(there, "localhost:" + door.getLocalPort()), behind.user(), behind.password());
    }

    /** Ends what is connected, and connects nobody. */
    public void cut() throws IOException {
        cut = true;
        for (Socket each : open) {
            each.close();
        }
    }

    /** Connects again. */
    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                join(door.accept());
            } catch (IOException closedOrUnreachable) {
                // The client sees it, which is what it is for.
            }
        }
    }

    private void join(Socket near) throws IOException {
        open.add(near);
        if (cut) {
            near.close();
            return;
        }
        var far = new Socket(target.getHost(), target.getPort());
        open.add(far);
        carry(near, far);
        carry(far, near);
    }

    private void carry(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException cutOff) {
                // Both ends see it.
            } finally {
                open.remove(from);
            }
        });
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
