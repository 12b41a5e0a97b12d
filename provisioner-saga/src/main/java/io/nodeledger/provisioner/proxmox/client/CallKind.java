package io.nodeledger.provisioner.proxmox.client;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;

/** What a call asks for, in words of which there are few, whatever hosts and machines it is about. */
final class CallKind {
    private static final List<CallKind> KINDS = List.of(
            new CallKind("list", "GET /cluster/resources"),
            new CallKind("permissions", "GET /access/permissions"),
            new CallKind("config", "GET /nodes/[^/]+/qemu/\\d+/config"),
            new CallKind("configure", "POST /nodes/[^/]+/qemu/\\d+/config"),
            new CallKind("status", "GET /nodes/[^/]+/qemu/\\d+/status/current"),
            new CallKind("clone", "POST /nodes/[^/]+/qemu/\\d+/clone"),
            new CallKind("resize", "PUT /nodes/[^/]+/qemu/\\d+/resize"),
            new CallKind("start", "POST /nodes/[^/]+/qemu/\\d+/status/start"),
            new CallKind("shutdown", "POST /nodes/[^/]+/qemu/\\d+/status/shutdown"),
            new CallKind("stop", "POST /nodes/[^/]+/qemu/\\d+/status/stop"),
            new CallKind("destroy", "DELETE /nodes/[^/]+/qemu/\\d+"),
            new CallKind("agent", "GET /nodes/[^/]+/qemu/\\d+/agent/.*"),
            new CallKind("upload", "POST /nodes/[^/]+/storage/[^/]+/upload"),
            new CallKind("volumes", "GET /nodes/[^/]+/storage/[^/]+/content"),
            new CallKind("remove_volume", "DELETE /nodes/[^/]+/storage/[^/]+/content/.*"),
            new CallKind("backup", "POST /nodes/[^/]+/vzdump"),
            new CallKind("task", "GET /nodes/[^/]+/tasks.*"));

    private final String word;
    private final Pattern call;

    private CallKind(String word, String call) {
        this.word = word;
        this.call = Pattern.compile(call);
    }

    /** The call's word, {@code other} when it is none of those that the client makes. */
    static String of(HttpMethod method, String path) {
        String call = method + " " + path;
        return KINDS.stream()
                .filter(kind -> kind.call.matcher(call).matches())
                .map(kind -> kind.word)
                .findFirst()
                .orElse("other");
    }
}
