package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.Upid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the hosts' workers do and how it went. */
final class TaskRoutes {
    private static final int SHOWN = 50;

    private TaskRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        "/nodes/{node}/tasks",
                        TaskRoutes::list,
                        Parameter.flag("errors").orNone(),
                        Parameter.integer("limit", 0, 1_000_000).orNone(),
                        Parameter.integer("since", 0, Long.MAX_VALUE).orNone(),
                        Parameter.integer("until", 0, Long.MAX_VALUE).orNone(),
                        Parameter.oneOf("source", "archive", "active", "all").orNone(),
                        Parameter.integer("start", 0, 1_000_000).orNone(),
                        Parameter.text("statusfilter").orNone(),
                        Parameter.text("typefilter").orNone(),
                        Parameter.text("userfilter").orNone(),
                        Parameter.vmId("vmid").orNone()),
                Route.of("GET", "/nodes/{node}/tasks/{upid}/status", TaskRoutes::status),
                Route.of(
                        "GET",
                        "/nodes/{node}/tasks/{upid}/log",
                        TaskRoutes::log,
                        Parameter.flag("download").orNone(),
                        Parameter.integer("limit", 0, 1_000_000).orNone(),
                        Parameter.integer("start", 0, 1_000_000).orNone()));
    }

    private static Object list(Call call) {
        String node = call.node();
        String source = call.optional("source").orElse("archive");
        return call.datacenter().tasks().all().stream()
                .filter(task -> task.upid().node().equals(node) && visible(call, task))
                .filter(task -> source.equals("all") || task.running() == source.equals("active"))
                .filter(task ->
                        call.optional("vmid").map(task.upid().id()::equals).orElse(true))
                .filter(task -> call.optional("typefilter")
                        .map(task.upid().type()::equals)
                        .orElse(true))
                .filter(task -> call.optional("userfilter")
                        .map(task.upid().user()::contains)
                        .orElse(true))
                .filter(task -> task.upid().startTime() >= call.number("since", 0))
                .filter(task -> task.upid().startTime() <= call.number("until", Long.MAX_VALUE))
                .filter(task -> !call.flag("errors", false) || failed(task))
                .skip(call.number("start", 0))
                .limit(call.number("limit", SHOWN))
                .map(TaskRoutes::listed)
                .toList();
    }

    private static Map<String, Object> listed(Task task) {
        Map<String, Object> view = view(task);
        var ended = task.ended();
        if (ended != null) {
            view.put("endtime", ended.getEpochSecond());
            view.put("status", String.valueOf(task.exitStatus()));
        }
        return view;
    }

    private static Object status(Call call) {
        Task task = task(call);
        Map<String, Object> view = view(task);
        view.put("status", task.running() ? "running" : "stopped");
        if (!task.running()) {
            view.put("exitstatus", String.valueOf(task.exitStatus()));
        }
        return view;
    }

    private static Object log(Call call) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String line : task(call).log()) {
            lines.add(Map.of("n", lines.size() + 1, "t", line));
        }
        return lines.stream()
                .skip(call.number("start", 0))
                .limit(call.number("limit", SHOWN))
                .toList();
    }

    private static Map<String, Object> view(Task task) {
        Upid upid = task.upid();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("upid", upid.toString());
        view.put("node", upid.node());
        view.put("pid", upid.pid());
        view.put("pstart", upid.pstart());
        view.put("starttime", upid.startTime());
        view.put("type", upid.type());
        view.put("id", upid.id());
        view.put("user", upid.user());
        return view;
    }

    private static Task task(Call call) {
        call.node();
        String text = call.text("upid");
        if (Upid.parse(text).isEmpty()) {
            throw PveError.parameter("upid", "unable to parse worker upid '" + text + "'");
        }
        Task task = call.datacenter().tasks().find(text).orElseThrow(() -> PveError.parameter("upid", "no such task"));
        if (!visible(call, task)) {
            throw PveError.denied("/nodes/" + task.upid().node(), "Sys.Audit");
        }
        return task;
    }

    private static boolean visible(Call call, Task task) {
        return task.upid().user().equals(call.rights().tokenId())
                || call.may("/nodes/" + task.upid().node(), "Sys.Audit");
    }

    private static boolean failed(Task task) {
        String status = task.exitStatus();
        return status != null && !status.equals("OK") && !status.startsWith("WARNINGS");
    }
}
