package io.nodeledger.provisioner.proxmox.client;

import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the class of a failure from what Proxmox VE says, in a reason phrase or in a task's exit status. The server has
 * no error codes; its texts are what its own tools match on too (source: drivers, signals table).
 */
public final class FailureSigns {
    /** The first that matches wins, so the more exact sign comes first. */
    private static final Map<Pattern, Kind> SIGNS = signs();

    private FailureSigns() {}

    /**
     * The class of a refused request.
     *
     * @param status HTTP status, including Proxmox' own 595 to 599
     * @param text reason phrase, message and field errors
     */
    public static Kind ofResponse(int status, String text) {
        return switch (status) {
            case 401 -> Kind.UNAUTHENTICATED;
            case 403 -> Kind.DENIED;
            case 429 -> Kind.RETRY_SLOWLY;
            case 503, 595 -> Kind.UNREACHABLE;
            case 502, 504, 596, 597, 598, 599 -> Kind.UNKNOWN_OUTCOME;
            case 501 -> Kind.PERMANENT;
            default -> ofText(text, status >= 400 && status < 500 ? Kind.PERMANENT : Kind.RETRY);
        };
    }

    /** The class of a task that ended with this exit status. */
    public static Kind ofExitStatus(String exitStatus) {
        return ofText(exitStatus, Kind.RETRY);
    }

    private static Kind ofText(String text, Kind otherwise) {
        for (var sign : SIGNS.entrySet()) {
            if (sign.getKey().matcher(text).find()) {
                return sign.getValue();
            }
        }
        return otherwise;
    }

    private static Map<Pattern, Kind> signs() {
        var signs = new LinkedHashMap<Pattern, Kind>();
        signs.put(sign("can't lock file .*got timeout"), Kind.RETRY);
        signs.put(sign("cfs-lock .*timeout"), Kind.RETRY);
        signs.put(sign("got no worker upid"), Kind.RETRY);
        signs.put(sign("VM is locked"), Kind.LOCKED);
        signs.put(sign("checksum mismatch|detected modified configuration"), Kind.CHECKSUM);
        signs.put(sign("config file already exists|file exists|already exists on node"), Kind.ID_TAKEN);
        signs.put(sign("VM \\d+ already exists"), Kind.ID_TAKEN);
        signs.put(sign("no quorum"), Kind.RETRY_SLOWLY);
        signs.put(sign("configuration file .*does not exist|no such VM"), Kind.ABSENT);
        signs.put(sign("(disk image|volume|file) .*does not exist|no such volume"), Kind.ABSENT);
        signs.put(sign("guest agent is not running|no qemu guest agent configured"), Kind.AGENT_SILENT);
        signs.put(sign("not running"), Kind.NOT_RUNNING);
        signs.put(sign("VM \\S+ already running|is running"), Kind.RUNNING);
        signs.put(sign("no space left|not enough free space|out of space"), Kind.OUT_OF_SPACE);
        signs.put(sign("permission check failed"), Kind.DENIED);
        signs.put(sign("does not support vm images|can't clone VM to node|can't clone to non-shared"), Kind.PERMANENT);
        signs.put(sign("protection mode enabled|storage .*does not exist|purge parameter not set"), Kind.PERMANENT);
        signs.put(sign("wrong content type|max backup limit"), Kind.PERMANENT);
        return signs;
    }

    private static Pattern sign(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
