package io.nodeledger.simulators.proxmox.guest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What cloud-init's NoCloud data source finds on an attached CD. */
final class NoCloudSeed {
    private NoCloudSeed() {}

    /** The user-data; absent when the image is no valid seed: label {@code cidata}, with user-data and meta-data. */
    static Optional<String> userData(byte[] image) {
        Optional<Iso9660> iso = Iso9660.parse(image);
        if (iso.isEmpty() || !iso.get().label().equalsIgnoreCase("cidata")) {
            return Optional.empty();
        }
        Map<String, byte[]> files = iso.get().files();
        byte[] userData = files.get("user-data");
        if (userData == null || !files.containsKey("meta-data")) {
            return Optional.empty();
        }
        return Optional.of(new String(userData, StandardCharsets.UTF_8));
    }
}
