package io.nodeledger.standalone.tracing;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Takes traces as an OpenTelemetry collector does, by OTLP over HTTP. */
final class Collector implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of();

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", exchange -> {
            try (exchange) {
                ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()).getResourceSpansList().stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .forEach(scope -> spans.addAll(scope.getSpansList()));
                exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    /** A span as tests look at it; the parent is empty where there is none. */
    record Seen(String name, String id, String parent) {}

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** What has come of a trace. */
    List<Seen> spansOf(String traceId) {
        return spans.stream()
                .filter(span -> hex(span.getTraceId().toByteArray()).equals(traceId))
                .map(span -> new Seen(
                        span.getName(),
                        hex(span.getSpanId().toByteArray()),
                        hex(span.getParentSpanId().toByteArray())))
                .toList();
    }

    private static String hex(byte[] id) {
        return HEX.formatHex(id);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
