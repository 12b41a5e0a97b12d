package io.nodeledger.model.life;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of legal states, written down independently of the model (source: rulings, "State machine"). */
final class StateTable {
    private static final String TABLE = """
        -                                               | NodeProvisioningStarted      | provisioning
        error                                           | NodeProvisioningRetried      | provisioning
        provisioning                                    | NodeProvisioningCompleted    | running
        provisioning                                    | NodeProvisioningFailed       | error
        running                                         | PowerOperationStarted STOP   | stopping
        running error                                   | PowerOperationStarted REBOOT | rebooting
        stopped error                                   | PowerOperationStarted START  | starting
        starting                                        | NodeStarted                  | running
        stopping                                        | NodeStopped                  | stopped
        rebooting                                       | NodeRebooted                 | running
        starting stopping rebooting                     | PowerOperationFailed         | running stopped error
        provisioning running stopped error              | NodeDeletionStarted          | deleting
        starting stopping rebooting                     | NodeDeletionStarted          | deleting
        deleting                                        | NodeDeleted                  | deleted
        deleting                                        | NodeDeletionFailed           | running stopped error
        running                                         | MachineFoundOff              | stopped
        stopped                                         | MachineFoundOn               | running
        running stopped error                           | MachineVanished              | error
        provisioning starting stopping rebooting        | NodeNeedsAttention           | error
        deleting                                        | NodeNeedsAttention           | error
        """;

    private static final List<Row> ROWS = TABLE.lines().map(Row::of).toList();
    private static final Map<String, List<Row>> BY_FACT =
            ROWS.stream().collect(Collectors.groupingBy(Row::fact, Collectors.toList()));

    private record Row(List<String> from, String fact, List<String> to) {
        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            return new Row(
                    Arrays.asList(cells[0].strip().split(" +", -1)),
                    cells[1].strip(),
                    Arrays.asList(cells[2].strip().split(" +", -1)));
        }
    }

    private StateTable() {}

    /** Everything that changes a status. */
    static List<String> facts() {
        return ROWS.stream().map(Row::fact).distinct().toList();
    }

    /** The name under which the table knows an event. */
    static String factOf(NodeEvent event) {
        String name = event.getClass().getSimpleName();
        return event instanceof PowerEvent.PowerOperationStarted started ? name + " " + started.type() : name;
    }

    /**
     * The status after the event.
     *
     * @throws AssertionError when the event can't happen in the status
     */
    static NodeStatus after(@Nullable NodeStatus before, NodeEvent event) {
        String word = before == null ? "-" : before.word();
        var rows = BY_FACT.getOrDefault(factOf(event), List.of());
        if (rows.isEmpty() && before != null) {
            return before;
        }
        var legal = rows.stream()
                .filter(row -> row.from().contains(word))
                .flatMap(row -> row.to().stream())
                .toList();
        String said = said(event).word();
        String next = legal.size() == 1 ? legal.getFirst() : said;
        if (!legal.contains(next)) {
            throw new AssertionError("%s in a node that is %s: %s".formatted(factOf(event), word, event));
        }
        return NodeStatus.valueOf(next.toUpperCase(Locale.ROOT));
    }

    /** What the event itself says that the node is in from then on, where there is a choice. */
    private static NodeStatus said(NodeEvent event) {
        return switch (event) {
            case PowerEvent.PowerOperationFailed failed -> failed.status();
            case NodeEvent.NodeDeletionFailed failed -> failed.status();
            default -> NodeStatus.DELETED;
        };
    }
}
