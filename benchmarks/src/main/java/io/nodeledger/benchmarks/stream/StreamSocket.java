package io.nodeledger.benchmarks.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.function.BiConsumer;

/** A stream's reader that costs next to nothing: a socket, and a virtual thread that looks at its lines. */
final class StreamSocket implements AutoCloseable {
    private static final String OPERATION = "\"operation_id\":\"";

    private final Socket socket;

    /**
     * Opens a stream and hands on the operation of each message with the time at which it came.
     *
     * @param seen takes an operation's id and {@link System#nanoTime()}
     */
    StreamSocket(String url, String token, BiConsumer<String, Long> seen) throws IOException {
        var address = URI.create(url);
        socket = new Socket(address.getHost(), address.getPort());
        String request = "GET " + address.getPath()
                + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + token
                + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String status = lines.readLine();
        if (status == null || !status.contains(" 200")) {
            throw new IOException("The stream was refused: " + status);
        }
        while (!"event:begin".equals(lines.readLine())) {
            // Headers, the chunk's length and the message's id.
        }
        Thread.ofVirtual().start(() -> read(lines, seen));
    }

    private static void read(BufferedReader lines, BiConsumer<String, Long> seen) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf(OPERATION);
                if (line.startsWith("data:") && at > 0) {
                    int begin = at + OPERATION.length();
                    seen.accept(line.substring(begin, line.indexOf('"', begin)), System.nanoTime());
                }
            }
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
