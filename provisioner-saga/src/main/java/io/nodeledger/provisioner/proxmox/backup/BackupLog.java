package io.nodeledger.provisioner.proxmox.backup;

import io.nodeledger.provisioner.proxmox.client.FailureSigns;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the log of a backup's task says. A task that failed only says {@code job errors} in its exit status. */
record BackupLog(List<String> lines) {
    private static final Pattern ARCHIVE =
            Pattern.compile("creating (?:vzdump|Proxmox Backup Server) archive '(?:.*/dump/)?([^']+)'");
    private static final Pattern FAILED = Pattern.compile("ERROR: Backup of VM \\d+ failed - (.*)");

    /** Whether the task was asked to write these notes; its first line repeats the request. */
    boolean asksFor(String notes) {
        return lines.stream().anyMatch(line -> line.contains("starting new backup job") && line.contains(notes));
    }

    /** The archive's name, as in its volume id. */
    Optional<String> archive() {
        return last(ARCHIVE);
    }

    /** The failure of a task that ended badly; only a line before the last one tells of a full storage. */
    ProxmoxFailure failure(TaskStatus status) {
        String reason = last(FAILED).orElse(String.valueOf(status.exitStatus()));
        Kind kind = FailureSigns.ofExitStatus(reason);
        Optional<String> full = lines.stream()
                .filter(line -> FailureSigns.ofExitStatus(line) == Kind.OUT_OF_SPACE)
                .findFirst();
        return kind == Kind.RETRY && full.isPresent()
                ? new ProxmoxFailure(Kind.OUT_OF_SPACE, reason + " (" + full.get() + ")")
                : new ProxmoxFailure(kind, reason);
    }

    private Optional<String> last(Pattern pattern) {
        return lines.reversed().stream()
                .flatMap(line -> Stream.of(pattern.matcher(line)).filter(Matcher::find))
                .map(found -> found.group(1))
                .findFirst();
    }
}
