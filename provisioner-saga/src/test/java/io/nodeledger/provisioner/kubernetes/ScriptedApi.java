package io.nodeledger.provisioner.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.provisioner.region.CallWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An API server that answers as told, and the region that it is in. */
final class ScriptedApi implements AutoCloseable {
    /** Deals with a request. */
    @FunctionalInterface
    interface Script {
        void answer(HttpExchange call) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path kubeconfig;
    final KubernetesRegion region;

    /** The calls that were timed, each as its operation and outcome. */
    final List<String> timed = new CopyOnWriteArrayList<>();

    /**
     * Begins to serve.
     *
     * @param like a kubeconfig whose certificate authority is named too
     */
    ScriptedApi(Path like, Path kubeconfig, Duration longestCall, Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", call -> {
            try (call) {
                script.answer(call);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        this.kubeconfig = kubeconfig;
        Files.writeString(
                kubeconfig,
                Files.readString(like)
                        .replaceFirst(
                                "server: \\S+",
                                "server: http://127.0.0.1:"
                                        + server.getAddress().getPort()));
        region = new KubernetesRegion(
                "us-west-2",
                kubeconfig,
                longestCall,
                new CallWatch((operation, outcome, _) -> timed.add(operation + " " + outcome), Tracing.NONE));
    }

    /** Another token in the kubeconfig, as after a rotation. */
    void rotate(String token) throws IOException {
        Files.writeString(kubeconfig, Files.readString(kubeconfig).replaceFirst("token: \\S+", "token: " + token));
    }

    static void refuse(HttpExchange call, int status) throws IOException {
        answer(call, status, """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": "refused", "code": %d}""".formatted(status));
    }

    static void answer(HttpExchange call, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
    }

    @Override
    public void close() {
        region.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
