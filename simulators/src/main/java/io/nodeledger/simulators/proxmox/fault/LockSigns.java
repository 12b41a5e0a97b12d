package io.nodeledger.simulators.proxmox.fault;

import io.nodeledger.simulators.proxmox.api.Request;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How Proxmox VE tells of a lock that it could not have. Changes of a configuration take the lock before they answer;
 * every other work takes it in its worker, so that its task fails; reads take none.
 */
final class LockSigns {
    private static final Pattern MACHINE = Pattern.compile("/qemu/(\\d+)");
    private static final Pattern STORAGE = Pattern.compile("/storage/([^/]+)");

    private LockSigns() {}

    static boolean inTheAnswer(Request request) {
        return (request.method().equals("POST") || request.method().equals("PUT"))
                && request.path().endsWith("/config");
    }

    static String text(Request request) {
        Matcher storage = STORAGE.matcher(request.path());
        if (storage.find()) {
            return "cfs-lock 'storage-" + storage.group(1) + "' error: got lock request timeout";
        }
        Matcher machine = MACHINE.matcher(request.path());
        return machine.find()
                ? "can't lock file '/var/lock/qemu-server/lock-" + machine.group(1) + ".conf' - got timeout"
                : "can't lock file - got timeout";
    }
}
