package io.nodeledger.provisioner.region;

import io.nodeledger.provisioner.region.RegionsSettings.Proxmox;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is wrong with the settings of one Proxmox cluster. */
final class ProxmoxProblems {
    private static final Pattern URL = Pattern.compile("https://[^/?#@\\s]+/?");
    private static final Pattern LOCAL_URL = Pattern.compile("http://(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?/?");
    private static final Pattern TOKEN = Pattern.compile("[^\\s@!=]+@[^\\s@!=]+![^\\s@!=]+=\\S+");
    private static final Pattern FINGERPRINT = Pattern.compile("([0-9a-f]{2}:?){31}[0-9a-f]{2}");
    private static final Pattern STORAGE = Pattern.compile("[A-Za-z][\\w.-]*[A-Za-z0-9]");
    private static final int LOWEST_ID = 100;

    private ProxmoxProblems() {}

    static void check(Problems problems, String prefix, Proxmox proxmox) {
        checkServer(problems, prefix, proxmox);
        if (problems.has(prefix + "token", proxmox.token(), "make an API token and set user@realm!id=secret")) {
            problems.require(
                    TOKEN.matcher(proxmox.token()).matches(),
                    prefix
                            + "token has the wrong shape: it is user@realm!id=secret, as 'pveum user token add' shows it");
        }
        problems.require(
                proxmox.template() >= LOWEST_ID,
                prefix + "template is " + proxmox.template() + ": set the id of the template to clone, e.g. 9000");
        problems.has(prefix + "storage", proxmox.storage(), "name the storage for root disks");
        String backupStorage = proxmox.backupStorage();
        problems.require(
                backupStorage == null
                        || backupStorage.isBlank()
                        || STORAGE.matcher(backupStorage).matches(),
                prefix + "backup-storage is '" + backupStorage + "': name a storage as 'pvesm status' shows it");
        problems.has(prefix + "bridge", proxmox.bridge(), "name the network bridge, e.g. vmbr0");
        if (problems.has(prefix + "vmid-range", proxmox.vmidRange(), "set ids of ours alone, e.g. 100000-199999")) {
            try {
                IdRange.parse(proxmox.vmidRange());
            } catch (IllegalArgumentException malformed) {
                problems.require(false, prefix + "vmid-range: " + malformed.getMessage());
            }
        }
    }

    private static void checkServer(Problems problems, String prefix, Proxmox proxmox) {
        if (problems.has(prefix + "url", proxmox.url(), "set the API's base URL, e.g. https://pve.example:8006")) {
            problems.require(
                    URL.matcher(proxmox.url()).matches()
                            || LOCAL_URL.matcher(proxmox.url()).matches(),
                    prefix + "url is not an https address without path, user and query, e.g. https://pve.example:8006");
        }
        String fingerprint = proxmox.fingerprint();
        if (fingerprint != null && !fingerprint.isBlank()) {
            String digits = fingerprint.strip().toLowerCase(Locale.ROOT);
            problems.require(
                    FINGERPRINT.matcher(digits).matches(),
                    prefix + "fingerprint is no SHA-256: take the 64 hexadecimal digits that"
                            + " 'openssl x509 -fingerprint -sha256' shows");
            problems.require(
                    proxmox.caFile() == null,
                    prefix + "ca-file and fingerprint are both set, and only one can count: remove either");
        }
        problems.requireReadable(prefix + "ca-file", proxmox.caFile());
    }
}
