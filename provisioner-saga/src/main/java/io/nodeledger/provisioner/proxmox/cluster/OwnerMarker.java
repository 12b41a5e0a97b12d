package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mark that says whose machine it is: a line of its description from the clone on, and a tag once it is configured
 * (source: rulings 8). Either is enough when somebody rewrote the other. A machine that names several nodes, because
 * somebody copied or edited it, is nobody's: rather a machine too many than somebody's machine destroyed.
 */
public final class OwnerMarker {
    /** The tag that all machines of ours have. */
    public static final String COMMON_TAG = "nodeledger";

    private static final String KEY = "nodeledger-node:";
    private static final Pattern LINE = Pattern.compile("(?m)^\\s*" + KEY + "\\s*(node-[0-9a-z]+)\\s*$");

    private OwnerMarker() {}

    /** The description of a node's machine. */
    public static String description(String nodeId, String workspaceId) {
        return "Managed by Nodeledger for workspace " + workspaceId
                + ". The next line says whose machine this is; do not change it.\n\n" + KEY + " " + nodeId + "\n";
    }

    /** The ids of all nodes that a machine's description and tags name. */
    public static Set<String> ownersOf(MachineConfig config) {
        var owners = new TreeSet<String>();
        LINE.matcher(config.text("description")).results().forEach(line -> owners.add(line.group(1)));
        config.tags().stream().filter(OwnerMarker::isNodeId).forEach(owners::add);
        return owners;
    }

    /** The id of the one node that a machine belongs to, empty when it names none or several. */
    public static Optional<String> ownerOf(MachineConfig config) {
        Set<String> owners = ownersOf(config);
        return owners.size() == 1 ? owners.stream().findFirst() : Optional.empty();
    }

    /** The node that a machine's tags name, empty when they name none or several. */
    public static Optional<String> taggedOwner(@Nullable String tags) {
        if (tags == null) {
            return Optional.empty();
        }
        var owners = Arrays.stream(tags.split("[;, ]"))
                .filter(OwnerMarker::isNodeId)
                .distinct()
                .toList();
        return owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
    }

    /** Whether the description itself holds the marker. */
    public static boolean isDescribed(MachineConfig config) {
        return LINE.matcher(config.text("description")).find();
    }

    /** People tag machines too, and may well begin with {@code node-}. */
    private static boolean isNodeId(String tag) {
        return tag.startsWith("node-") && Ids.isWellFormed(tag);
    }
}
