package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The mark that says whose machine it is: a line of its description from the clone on, and a tag once it is configured
 * (source: rulings 8). The description counts first; the tag helps when somebody rewrote the description.
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

    /** The id of the node that a machine belongs to, empty when it says nothing. */
    public static Optional<String> ownerOf(MachineConfig config) {
        var marker = LINE.matcher(config.text("description"));
        if (marker.find()) {
            return Optional.of(marker.group(1));
        }
        var tagged =
                config.tags().stream().filter(tag -> tag.startsWith("node-")).toList();
        return tagged.size() == 1 ? Optional.of(tagged.getFirst()) : Optional.empty();
    }

    /** Whether the description itself holds the marker. */
    public static boolean isDescribed(MachineConfig config) {
        return LINE.matcher(config.text("description")).find();
    }
}
