package io.nodeledger.provisioner.proxmox.client;

import io.nodeledger.provisioner.region.RegionsSettings;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server that answers as told, with whatever status and reason phrase, and remembers what it was asked. */
public final class ScriptedProxmox implements AutoCloseable {
    public record Request(String method, String target, Map<String, String> headers, String body) {}

    public record Reply(int status, String reason, String body) {
        public static Reply data(String json) {
            return new Reply(200, "OK", "{\"data\":" + json + "}");
        }
    }

    public final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;
    private final Function<Request, Optional<Reply>> script;
    private final CompletableFuture<Void> accepting;

    /** An empty reply closes the connection without an answer. */
    public ScriptedProxmox(Function<Request, Optional<Reply>> script) {
        this.script = script;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.accepting = CompletableFuture.runAsync(
                this::accept, task -> Thread.ofVirtual().start(task));
    }

    public static ScriptedProxmox always(Reply reply) {
        return new ScriptedProxmox(request -> Optional.of(reply));
    }

    public ProxmoxClient client() {
        return new ProxmoxClient(settings());
    }

    /** One that waits for answers as long as a test takes. */
    public ProxmoxClient patientClient() {
        var aLongTime = Duration.ofHours(1);
        return new ProxmoxClient(settings(), new CallLimits(aLongTime, aLongTime, aLongTime, aLongTime));
    }

    public RegionsSettings.Proxmox settings() {
        return new RegionsSettings.Proxmox(
                "http://127.0.0.1:" + socket.getLocalPort() + "/",
                "root@pam!test=secret",
                null,
                null,
                9000,
                "shared",
                null,
                null,
                "nodeledger",
                "vmbr0",
                "1000-1999");
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                var in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = connection.getOutputStream()) {
            String first = line(in);
            while (!first.isEmpty()) {
                Request request = request(first, in);
                requests.add(request);
                Optional<Reply> reply = script.apply(request);
                if (reply.isEmpty()) {
                    return;
                }
                byte[] body = reply.get().body().getBytes(StandardCharsets.UTF_8);
                String head =
                        "HTTP/1.1 " + reply.get().status() + " " + reply.get().reason()
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                out.write(body);
                out.flush();
                first = line(in);
            }
        } catch (IOException gone) {
            requests.add(new Request("", "connection lost", Map.of(), ""));
        }
    }

    private static Request request(String first, InputStream in) throws IOException {
        String[] words = first.split(" ", -1);
        var headers = new TreeMap<String, String>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(words[0], words[1], headers, new String(body, StandardCharsets.ISO_8859_1));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Returns once nobody listens any more: the system closes the port only after the last accept has returned. */
    @Override
    public void close() throws IOException {
        socket.close();
        accepting.join();
    }
}
