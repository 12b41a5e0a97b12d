package io.nodeledger.benchmarks.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Proxmox API that lists machines which run, each with counters that grow, and tells their details. It answers with next
 * to no work, so that what is measured is who asks.
 */
final class ListedMachines implements AutoCloseable {
    static final int FIRST_ID = 100_000;

    private final HttpServer server;
    private final int machines;
    private final AtomicLong listings = new AtomicLong();
    private final AtomicLong details = new AtomicLong();

    ListedMachines(int machines) throws IOException {
        this.machines = machines;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often all machines were asked for. */
    long listings() {
        return listings.get();
    }

    /** How often one machine was asked for. */
    long details() {
        return details.get();
    }

    static String nodeId(int number) {
        return "node-%026d".formatted(number);
    }

    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        if (path.endsWith("/cluster/resources")) {
            listings.incrementAndGet();
            send(call, listing());
        } else if (path.endsWith("/status/current")) {
            details.incrementAndGet();
            send(
                    call,
                    "{\"status\":\"running\",\"blockstat\":{\"scsi0\":{\"rd_operations\":%1$d,\"wr_operations\":%1$d}}}"
                            .formatted(seconds()));
        } else if (path.endsWith("/agent/network-get-interfaces")) {
            details.incrementAndGet();
            send(
                    call,
                    "{\"result\":[{\"name\":\"eth0\",\"statistics\":{\"rx-packets\":%1$d,\"tx-packets\":%1$d}}]}"
                            .formatted(seconds()));
        } else if (path.endsWith("/agent/get-fsinfo")) {
            details.incrementAndGet();
            send(call, "{\"result\":[{\"name\":\"sda1\",\"used-bytes\":23,\"total-bytes\":100,\"disk\":[{}]}]}");
        } else {
            send(call, "null");
        }
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1000;
    }

    private String listing() {
        long now = seconds();
        var rows = new StringBuilder(machines * 300);
        rows.append(
                "[{\"type\":\"node\",\"node\":\"pve1\",\"status\":\"online\",\"maxcpu\":64,\"maxmem\":274877906944,\"mem\":0},");
        rows.append("{\"type\":\"qemu\",\"node\":\"pve1\",\"vmid\":9000,\"template\":1,\"status\":\"stopped\"}");
        for (int number = 0; number < machines; number++) {
            rows.append(",{\"type\":\"qemu\",\"id\":\"qemu/")
                    .append(FIRST_ID + number)
                    .append(
                            "\",\"node\":\"pve1\",\"status\":\"running\",\"template\":0,\"maxcpu\":4,\"maxdisk\":107374182400,")
                    .append("\"maxmem\":8589934592,\"disk\":0,\"diskread\":0,\"diskwrite\":0,\"tags\":\"nodeledger;")
                    .append(nodeId(number))
                    .append("\",\"vmid\":")
                    .append(FIRST_ID + number)
                    .append(",\"cpu\":0.")
                    .append(100 + (number + now) % 800)
                    .append(",\"mem\":")
                    .append(2_000_000_000L + (number + now) % 1_000_000_000)
                    .append(",\"netin\":")
                    .append(now * 1_000)
                    .append(",\"netout\":")
                    .append(now * 500)
                    .append(",\"uptime\":")
                    .append(now - 1_700_000_000)
                    .append('}');
        }
        return rows.append(']').toString();
    }

    private static void send(HttpExchange call, String data) throws IOException {
        call.getRequestBody().readAllBytes();
        byte[] body = ("{\"data\":" + data + "}").getBytes(UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(200, body.length);
        try (var out = call.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
