package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Backing machines up. Only one machine can be named in a request. */
final class BackupRoutes {
    private static final int LONGEST_NOTES = 1024;
    private static final List<String> NEED_A_STORAGE = List.of("notes-template", "protected");
    private static final Pattern IN_NOTES = Pattern.compile("\\\\([n\\\\])|\\{\\{(cluster|guestname|node|vmid)}}");

    private BackupRoutes() {}

    static List<Route> routes() {
        return List.of(Route.of(
                "POST",
                "/nodes/{node}/vzdump",
                BackupRoutes::vzdump,
                Parameter.vmId("vmid").orNone(),
                Parameter.text("storage").orNone(),
                Parameter.oneOf("mode", "snapshot", "suspend", "stop").orNone(),
                Parameter.oneOf("compress", "0", "1", "gzip", "lzo", "zstd").orNone(),
                new Parameter("notes-template", true, BackupRoutes::notesError),
                Parameter.flag("protected").orNone(),
                Parameter.flag("remove").orNone(),
                Parameter.flag("quiet").orNone(),
                Parameter.integer("zstd", 0, 1024).orNone(),
                Parameter.oneOf("notification-mode", "auto", "legacy-sendmail", "notification-system")
                        .orNone()));
    }

    /** A machine on another host is passed over: the answer is then no task's id, and nothing is done. */
    private static Object vzdump(Call call) {
        String node = call.node();
        if (call.optional("vmid").isEmpty()) {
            throw PveError.parameter("vmid", "property is missing");
        }
        for (String dependent : NEED_A_STORAGE) {
            if (call.optional(dependent).isPresent() && call.optional("storage").isEmpty()) {
                throw PveError.parameter("storage", "missing property - '" + dependent + "' requires this property");
            }
        }
        Cluster cluster = call.datacenter().cluster();
        Optional<Vm> vm = cluster.find(call.vmId());
        if (vm.isPresent() && !vm.get().host().equals(node)) {
            return "OK";
        }
        String storage = call.optional("storage").orElse("local");
        call.require("/storage/" + storage, "Datastore.AllocateSpace");
        Map<String, String> arguments = new HashMap<>();
        arguments.put("vmid", call.text("vmid"));
        arguments.put("storage", storage);
        arguments.put("mode", call.optional("mode").orElse("snapshot"));
        arguments.put("compress", call.optional("compress").orElse("0"));
        arguments.put("protected", call.flag("protected", false) ? "1" : "0");
        arguments.put("notes", notes(call, vm));
        arguments.put("permitted", vm.isEmpty() || call.mayOn(vm.get(), "VM.Backup") ? "1" : "0");
        arguments.put("command", command(call));
        return call.task(node, "vzdump", call.text("vmid"), arguments);
    }

    private static Optional<String> notesError(String template) {
        if (template.contains("\n")) {
            return Optional.of("contains a line feed");
        }
        return template.length() > LONGEST_NOTES
                ? Optional.of("value may only be " + LONGEST_NOTES + " characters long")
                : Optional.empty();
    }

    private static String notes(Call call, Optional<Vm> vm) {
        return IN_NOTES.matcher(call.optional("notes-template").orElse("")).replaceAll(found -> {
            String variable = found.group(2);
            String text = variable == null
                    ? found.group(1).replace('n', '\n')
                    : switch (variable) {
                        case "cluster" -> call.datacenter().cluster().name();
                        case "node" -> call.text("node");
                        case "guestname" ->
                            vm.map(guest -> guest.config().name(guest.id())).orElse("");
                        default -> call.text("vmid");
                    };
            return Matcher.quoteReplacement(text);
        });
    }

    /** The same on the command line, as the task's log begins. */
    private static String command(Call call) {
        Map<String, String> options = new TreeMap<>(call.request().parameters());
        options.remove("vmid");
        return call.text("vmid")
                + options.entrySet().stream()
                        .map(option -> " --" + option.getKey() + " " + quoted(option.getValue()))
                        .collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return text.matches("[\\w/@%+=:,.-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
