package io.nodeledger.simulators.control;

import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import io.nodeledger.simulators.port.RememberedPort;
import io.nodeledger.simulators.proxmox.ProxmoxSimulator;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP door through which a region's simulators are made to fail: faults of requests, incidents of machines and
 * nodes. It listens on the loopback address only, and whoever reaches it may use it.
 */
public final class ControlServer implements AutoCloseable {
    private static final long BODY_LIMIT = 64 << 10;
    private static final int STOP_SECONDS = 10;

    private final HttpServer server;

    private ControlServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts serving, on the port of the last run where that is free.
     *
     * @param memory the file that keeps the port
     * @throws IOException when the file cannot be used or no port can be had
     */
    public static ControlServer start(
            Vertx vertx, Path memory, ProxmoxSimulator proxmox, KubernetesSimulator kubernetes) throws IOException {
        Router router = Router.router(vertx);
        router.route().failureHandler(Replies::failure);
        router.errorHandler(404, context -> Replies.refuse(context, 404, "There is no such path", Map.of()));
        router.errorHandler(405, context -> Replies.refuse(context, 405, "This path has other methods", Map.of()));
        router.route().handler(new Doorkeeper());
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        new FaultRoutes(List.of(proxmox.faults(), kubernetes.faults())).mount(router);
        new MachineRoutes(proxmox).mount(router);
        new NodeRoutes(kubernetes).mount(router);
        return new ControlServer(RememberedPort.listen(
                memory,
                0,
                port -> vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1"),
                HttpServer::actualPort));
    }

    /** Such as {@code http://127.0.0.1:40123}. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() throws IOException {
        try {
            server.close().await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("The simulators' control server did not close in time", e);
        }
    }
}
