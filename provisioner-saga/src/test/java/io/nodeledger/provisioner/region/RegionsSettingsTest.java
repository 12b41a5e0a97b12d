package io.nodeledger.provisioner.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RegionsSettingsTest {
    private static final String FIRST = "nodeledger.regions[0].";
    private static final String SECOND = "nodeledger.regions[1].";
    private static final String SECRET = "12345678-1234-1234-1234-123456789abc";

    private final Map<String, String> given = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void oneGoodRegion() throws IOException {
        good(FIRST, "us-west-2");
    }

    @Test
    void a_region_with_all_that_is_needed_is_accepted() {
        assertThat(bound().regions()).singleElement().satisfies(region -> {
            assertThat(region.id()).isEqualTo("us-west-2");
            assertThat(region.proxmox().template()).isEqualTo(9000);
        });
    }

    @Test
    void an_installation_without_regions_is_accepted() {
        given.clear();

        assertThat(bound().regions()).isEmpty();
    }

    @Test
    void the_token_is_never_shown() {
        assertThat(bound().toString()).contains("us-west-2", "token=***").doesNotContain(SECRET);
        given.put(FIRST + "proxmox.token", "no-user!" + SECRET);

        assertThatThrownBy(this::bound).satisfies(failure -> {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain(SECRET);
            }
        });
    }

    @Test
    void everything_that_is_missing_is_told_at_once() {
        given.clear();
        given.put(FIRST + "id", "us-west-2");
        given.put(FIRST + "proxmox.pool", "nodeledger");

        assertRefused(
                "nodeledger.regions[0].proxmox.url is missing: set the API's base URL, e.g. https://pve.example:8006",
                "nodeledger.regions[0].proxmox.token is missing",
                "nodeledger.regions[0].proxmox.template is 0",
                "nodeledger.regions[0].proxmox.storage is missing",
                "nodeledger.regions[0].proxmox.bridge is missing",
                "nodeledger.regions[0].proxmox.vmid-range is missing",
                "nodeledger.regions[0].kubernetes.kubeconfig is missing");
    }

    @Test
    void a_region_without_a_name_or_a_cluster_is_refused() {
        given.clear();
        given.put(FIRST + "kubernetes.kubeconfig", folder.resolve("us-west-2").toString());

        assertRefused("nodeledger.regions[0].id is missing", "nodeledger.regions[0].proxmox is missing");
    }

    @Test
    void a_token_of_another_shape_is_refused() {
        for (String token : new String[] {"secret", "user@pam", "user!id=secret", "user@pam!id", "user@pam!id="}) {
            given.put(FIRST + "proxmox.token", token);

            assertRefused("proxmox.token has the wrong shape: it is user@realm!id=secret");
        }
    }

    @Test
    void an_address_that_would_show_the_token_or_has_a_path_is_refused() {
        for (String url : new String[] {
            "http://pve.example:8006", "https://pve.example:8006/api2/json", "https://user@pve.example", "pve.example"
        }) {
            given.put(FIRST + "proxmox.url", url);

            assertRefused("proxmox.url is not an https address");
        }
    }

    @Test
    void a_ca_and_a_fingerprint_at_once_are_refused() throws IOException {
        given.put(
                FIRST + "proxmox.ca-file",
                Files.createFile(folder.resolve("ca.pem")).toString());
        given.put(FIRST + "proxmox.fingerprint", "AB:".repeat(31) + "AB");

        assertRefused("ca-file and fingerprint are both set, and only one can count: remove either");
    }

    @Test
    void a_fingerprint_that_is_no_sha_256_is_refused() {
        given.put(FIRST + "proxmox.fingerprint", "AB:CD");

        assertRefused("proxmox.fingerprint is no SHA-256");
    }

    @Test
    void files_that_cannot_be_read_are_refused() {
        given.put(FIRST + "proxmox.ca-file", folder.resolve("absent.pem").toString());
        given.put(FIRST + "kubernetes.kubeconfig", folder.toString());

        assertRefused("proxmox.ca-file is " + folder.resolve("absent.pem"), "kubernetes.kubeconfig is " + folder);
    }

    @Test
    void a_range_that_is_none_is_refused() {
        for (String range : new String[] {"100000", "200-100", "1-50", "many"}) {
            given.put(FIRST + "proxmox.vmid-range", range);

            assertRefused("proxmox.vmid-range: A vmid-range");
        }
    }

    @Test
    void a_volume_is_no_storage_for_backups() {
        given.put(FIRST + "proxmox.backup-storage", "");
        assertThat(bound().regions()).hasSize(1);

        given.put(FIRST + "proxmox.backup-storage", "pbs:backup");
        assertRefused("proxmox.backup-storage is 'pbs:backup': name a storage");
    }

    @Test
    void two_regions_of_one_name_are_refused() throws IOException {
        good(SECOND, "us-west-2");
        given.put(SECOND + "proxmox.url", "https://other.example:8006");

        assertRefused("nodeledger.regions[0] and [1] have the same id 'us-west-2'");
    }

    @Test
    void two_regions_that_would_take_each_others_machine_ids_are_refused() throws IOException {
        good(SECOND, "us-east-1");
        assertRefused("nodeledger.regions[0] and [1] share a Proxmox cluster and the ids of its machines");

        given.put(SECOND + "proxmox.vmid-range", "200000-299999");
        assertThat(bound().regions()).hasSize(2);
    }

    private void good(String prefix, String id) throws IOException {
        Path kubeconfig = folder.resolve(id);
        if (Files.notExists(kubeconfig)) {
            Files.createFile(kubeconfig);
        }
        given.put(prefix + "id", id);
        given.put(prefix + "proxmox.url", "https://pve.example:8006");
        given.put(prefix + "proxmox.token", "nodeledger@pve!provisioner=" + SECRET);
        given.put(prefix + "proxmox.template", "9000");
        given.put(prefix + "proxmox.storage", "shared");
        given.put(prefix + "proxmox.bridge", "vmbr0");
        given.put(prefix + "proxmox.vmid-range", "100000-199999");
        given.put(prefix + "kubernetes.kubeconfig", kubeconfig.toString());
    }

    private RegionsSettings bound() {
        return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("nodeledger", RegionsSettings.class);
    }

    private void assertRefused(String... problems) {
        assertThatThrownBy(this::bound)
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(cause -> assertThat(cause.getMessage()).contains(problems));
    }
}
