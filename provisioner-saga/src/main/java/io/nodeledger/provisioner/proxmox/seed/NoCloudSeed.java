package io.nodeledger.provisioner.proxmox.seed;

import io.nodeledger.provisioner.activity.NodeFacts;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of a cloud-init NoCloud seed. It travels as an ISO image, because Proxmox VE takes no uploads of snippets
 * (source: drivers).
 *
 * @param userData a {@code #cloud-config} document, secret
 */
public record NoCloudSeed(String userData, String metaData, String networkConfig) {
    /** The volume label that cloud-init looks for, in the letters that ISO 9660 allows. */
    public static final String LABEL = "CIDATA";

    /** The seed of a node's machine, whose first network card asks for its address by DHCP. */
    public static NoCloudSeed of(NodeFacts node, String userData, String macAddress) {
        return new NoCloudSeed(
                userData,
                "instance-id: " + node.nodeId() + "\nlocal-hostname: " + node.hostname() + "\n",
                """
                version: 2
                ethernets:
                  primary:
                    match:
                      macaddress: "%s"
                    dhcp4: true
                """.formatted(macAddress));
    }

    /** The image's file name in its storage; a node has one at most. */
    public static String fileName(String nodeId) {
        return "nodeledger-" + nodeId + ".iso";
    }

    /** The files by name. */
    public Map<String, byte[]> files() {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("user-data", userData.getBytes(StandardCharsets.UTF_8));
        files.put("meta-data", metaData.getBytes(StandardCharsets.UTF_8));
        files.put("network-config", networkConfig.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    @Override
    public String toString() {
        return "NoCloudSeed[user-data of " + userData.length() + " characters]";
    }
}
