package io.nodeledger.provisioner.proxmox.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.proxmox.backup.BackupRound.Done;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Running;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Request;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backup whose notes could not be written, which its task only warns of, and a machine under a lock of no backup. */
class BackupWithoutNotesTest {
    private static final String NODE = "node-01jdz7k3x8q4v5w6y7z8a9b0c1";
    private static final String UPID = "UPID:pve1:0000AAAA:0000BBBB:66F00000:vzdump:1001:root@pam!test:";
    private static final String TASK =
            "/nodes/pve1/tasks/" + UPID.replace(":", "%3A").replace("@", "%40").replace("!", "%21");
    private static final String VOLUME = "shared:backup/vzdump-qemu-1001-2026_01_31-12_00_00.vma.zst";

    private final Map<String, String> answers = new HashMap<>(Map.of(
            "/cluster/resources",
            """
                    [{"type": "node", "node": "pve1", "status": "online"},
                     {"type": "qemu", "node": "pve1", "vmid": 9000, "template": 1},
                     {"type": "qemu", "node": "pve1", "vmid": 1001},
                     {"type": "storage", "storage": "shared", "node": "pve1", "status": "available", "shared": 1}]""",
            "/nodes/pve1/storage/shared/content",
            "[{\"volid\": \"" + VOLUME + "\", \"size\": 7, \"vmid\": 1001}]",
            "/nodes/pve1/tasks",
            "[{\"upid\": \"" + UPID + "\", \"starttime\": 7, \"endtime\": 8, \"status\": \"WARNINGS: 1\"}]",
            TASK + "/status",
            "{\"status\": \"stopped\", \"exitstatus\": \"WARNINGS: 1\"}",
            TASK + "/log",
            """
                    [{"n": 1, "t": "INFO: starting new backup job: vzdump 1001 --notes-template 'nodeledger backup t of %s'"},
                     {"n": 2, "t": "INFO: creating vzdump archive '/mnt/pve/shared/dump/%s'"},
                     {"n": 3, "t": "WARN: unable to add notes - timeout"}]
                    """.formatted(NODE, VOLUME.replace("shared:backup/", ""))));
    private ScriptedProxmox server;
    private BackupsUnderTest backups;

    @BeforeEach
    void start() {
        server = new ScriptedProxmox(this::answer);
        RegionsSettings.Proxmox settings = server.settings();
        backups = new BackupsUnderTest(new RegionsSettings.Proxmox(
                settings.url(),
                settings.token(),
                null,
                null,
                settings.template(),
                "shared",
                null,
                "shared",
                null,
                "vmbr0",
                "1000-1999"));
    }

    @AfterEach
    void stop() throws Exception {
        backups.close();
        server.close();
    }

    private Optional<Reply> answer(Request request) {
        String path = request.target().replaceFirst("^/api2/json", "").replaceFirst("\\?.*", "");
        String answer = answers.get(path);
        return Optional.of(
                answer == null ? new Reply(500, "Configuration file does not exist", "{}") : Reply.data(answer));
    }

    @Test
    void it_is_known_by_the_archive_that_its_task_names() throws Exception {
        assertThat(backups.once(order(UPID))).isEqualTo(new Done(VOLUME, 7));
        assertThat(backups.once(order(null))).isEqualTo(new Done(VOLUME, 7));
    }

    @Test
    void a_locked_machine_is_waited_for() throws Exception {
        answers.put("/nodes/pve1/tasks", "[]");
        answers.put("/nodes/pve1/qemu/1001/config", "{\"lock\": \"migrate\", \"tags\": \"nodeledger;" + NODE + "\"}");

        assertThat(backups.once(order(null))).isEqualTo(new Running("Machine 1001 is locked (migrate)"));
        assertThat(server.requests)
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
    }

    private static BackupOrder order(@Nullable String upid) {
        return new BackupOrder(BackupsUnderTest.REGION, NODE, 1001, "pve1", "t", upid, Instant.EPOCH);
    }
}
