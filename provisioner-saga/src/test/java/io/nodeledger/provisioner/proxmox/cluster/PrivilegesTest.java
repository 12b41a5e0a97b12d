package io.nodeledger.provisioner.proxmox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.region.RegionsSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrivilegesTest {
    private static final RegionsSettings.Proxmox SETTINGS = new RegionsSettings.Proxmox(
            "https://pve", "t", null, null, 9000, "shared", null, null, null, "vmbr0", "1000-1999");

    @Test
    void nothing_is_missing_for_a_token_that_holds_all_on_the_root() {
        var all = new HashMap<String, Boolean>();
        Privileges.missing(SETTINGS, Map.of()).forEach(text -> all.put(text.split(" ", -1)[0], true));

        assertThat(Privileges.missing(SETTINGS, Map.of("/", all))).isEmpty();
    }

    @Test
    void backups_need_privileges_of_their_own() {
        var withBackups = new RegionsSettings.Proxmox(
                "https://pve", "t", null, null, 9000, "shared", null, "pbs", null, "vmbr0", "1000-1999");

        assertThat(Privileges.missing(SETTINGS, Map.of())).doesNotContain("VM.Backup on /vms");
        assertThat(Privileges.missing(withBackups, Map.of()))
                .contains("VM.Backup on /vms", "Datastore.AllocateSpace on /storage/pbs")
                .doesNotHaveDuplicates();
    }

    @Test
    void what_does_not_reach_down_is_missing_and_named_with_its_path() {
        var granted = Map.of("/", Map.of("VM.Clone", false), "/storage", Map.of("Datastore.Audit", true));

        assertThat(Privileges.missing(SETTINGS, granted))
                .contains("VM.Clone on /vms/9000", "Datastore.AllocateSpace on /storage/shared")
                .doesNotContain("Datastore.Audit on /storage/shared");
    }
}
