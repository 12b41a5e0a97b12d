package io.nodeledger.provisioner.proxmox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxmoxClientTest {
    private static final String UPID = "UPID:pve1:000A:00B0:66F0:qmclone:9000:root@pam!test:";

    @Test
    void the_reason_phrase_says_what_went_wrong() throws Exception {
        try (var server = ScriptedProxmox.always(new Reply(500, "VM is locked (backup)", "{\"data\":null}"));
                var client = server.client()) {
            var failure = catchThrowableOfType(ProxmoxFailure.class, () -> client.start("pve1", 101));

            assertThat(failure.kind()).isEqualTo(Kind.LOCKED);
            assertThat(failure).hasMessageContaining("VM is locked (backup)");
        }
    }

    @Test
    void a_missing_machine_is_absent_although_the_status_is_500() throws Exception {
        String reason = "Configuration file 'nodes/pve1/qemu-server/101.conf' does not exist";
        try (var server = ScriptedProxmox.always(new Reply(500, reason, "{\"data\":null}"));
                var client = server.client()) {
            var failure = catchThrowableOfType(ProxmoxFailure.class, () -> client.config("pve1", 101));

            assertThat(failure.kind()).isEqualTo(Kind.ABSENT);
        }
    }

    @Test
    void the_fields_of_a_bad_request_are_told() throws Exception {
        String body = "{\"data\":null,\"errors\":{\"newid\":\"type check failed\"}}";
        try (var server = ScriptedProxmox.always(new Reply(400, "Parameter verification failed.", body));
                var client = server.client()) {
            var failure = catchThrowableOfType(ProxmoxFailure.class, () -> client.clone(order()));

            assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
            assertThat(failure).hasMessageContaining("newid").hasMessageContaining("type check failed");
        }
    }

    @Test
    void a_change_without_an_answer_has_an_unknown_outcome_and_is_not_repeated() throws Exception {
        try (var server = new ScriptedProxmox(request -> Optional.empty());
                var client = server.client()) {
            var failure = catchThrowableOfType(ProxmoxFailure.class, () -> client.clone(order()));

            assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void a_look_without_an_answer_may_simply_be_repeated() throws Exception {
        try (var server = new ScriptedProxmox(request -> Optional.empty());
                var client = server.client()) {
            var failure = catchThrowableOfType(ProxmoxFailure.class, () -> client.config("pve1", 101));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void an_unreachable_server_has_done_nothing() throws Exception {
        ProxmoxClient client;
        try (var server = ScriptedProxmox.always(Reply.data("null"))) {
            client = server.client();
        }
        try (client) {
            var failure = catchThrowableOfType(ProxmoxFailure.class, () -> client.start("pve1", 101));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void a_clone_is_a_form_of_known_length_with_spaces_as_percent_20() throws Exception {
        try (var server = ScriptedProxmox.always(Reply.data("\"" + UPID + "\""));
                var client = server.client()) {
            assertThat(client.clone(order())).contains(new Upid(UPID));

            var request = server.requests.getFirst();
            assertThat(request.target()).isEqualTo("/api2/json/nodes/pve1/qemu/9000/clone");
            assertThat(request.headers())
                    .containsEntry("authorization", "PVEAPIToken=root@pam!test=secret")
                    .containsKey("content-length")
                    .doesNotContainKey("transfer-encoding");
            assertThat(request.body()).contains("newid=101", "target=pve2", "full=1", "description=mine%20%26%20only");
        }
    }

    @Test
    void a_removal_has_its_parameters_in_the_query_and_no_body() throws Exception {
        try (var server = ScriptedProxmox.always(Reply.data("null"));
                var client = server.client()) {
            assertThat(client.destroy("pve1", 101)).isEmpty();

            var request = server.requests.getFirst();
            assertThat(request.target()).contains("purge=1", "destroy-unreferenced-disks=1");
            assertThat(request.headers()).doesNotContainKey("content-type");
            assertThat(request.body()).isEmpty();
        }
    }

    @Test
    void numbers_and_booleans_are_read_whatever_their_type() throws Exception {
        String rows = """
                [{"type":"node","node":"pve1","status":"online","maxcpu":"16","maxmem":68719476736,"mem":"1024"},
                 {"type":"qemu","vmid":"9000","node":"pve1","status":"stopped","template":"1","maxmem":1,"maxcpu":2},
                 {"type":"storage","storage":"shared","node":"pve1","status":"available","shared":1,"maxdisk":"10","disk":3},
                 {"type":"sdn","sdn":"localnetwork"}]""";
        try (var server = ScriptedProxmox.always(Reply.data(rows));
                var client = server.client()) {
            var listing = client.listing();

            assertThat(listing.hosts()).singleElement().satisfies(host -> {
                assertThat(host.cores()).isEqualTo(16);
                assertThat(host.usedMemoryBytes()).isEqualTo(1024);
            });
            assertThat(listing.machine(9000))
                    .hasValueSatisfying(row -> assertThat(row.template()).isTrue());
            assertThat(listing.storage("shared", "pve1")).isPresent();
        }
    }

    @Test
    void an_empty_listing_is_not_believed() throws Exception {
        try (var server = ScriptedProxmox.always(Reply.data("[]"));
                var client = server.client()) {
            var failure = catchThrowableOfType(ProxmoxFailure.class, client::listing);

            assertThat(failure.kind()).isEqualTo(Kind.RETRY_SLOWLY);
        }
    }

    @Test
    void tasks_end_well_with_ok_or_warnings() throws Exception {
        var answers = Map.of(
                "{\"status\":\"running\"}", "running",
                "{\"status\":\"stopped\",\"exitstatus\":\"OK\"}", "good",
                "{\"status\":\"stopped\",\"exitstatus\":\"WARNINGS: 2\"}", "good",
                "{\"status\":\"stopped\",\"exitstatus\":\"clone failed\"}", "bad");
        for (var answer : answers.entrySet()) {
            try (var server = ScriptedProxmox.always(Reply.data(answer.getKey()));
                    var client = server.client()) {
                TaskStatus status = client.task(new Upid(UPID));

                assertThat(status.running()).isEqualTo(answer.getValue().equals("running"));
                assertThat(status.succeeded()).isEqualTo(answer.getValue().equals("good"));
            }
        }
    }

    private static CloneOrder order() {
        return new CloneOrder("pve1", 9000, 101, "node-1", "mine & only", "pve2", "shared", "nodeledger");
    }
}
