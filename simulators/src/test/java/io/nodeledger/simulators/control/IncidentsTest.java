package io.nodeledger.simulators.control;

import static io.nodeledger.simulators.control.ControlledRegion.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.simulators.RawHttp;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to machines and nodes behind everyone's back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncidentsTest {
    private ControlledRegion region;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        region = new ControlledRegion(folder);
    }

    @AfterAll
    void stop() throws Exception {
        region.close();
    }

    @Test
    void a_machine_vanishes() {
        int vmId = region.clonedMachine();

        RawHttp.Reply vanished = region.post("/machines/" + vmId + "/vanish");

        assertThat(vanished.status()).isEqualTo(200);
        assertThat(region.pve.get(vm(vmId) + "/config").reason()).contains("does not exist");
    }

    @Test
    void a_machine_moves_to_the_host_that_is_named_or_to_any_other() {
        int vmId = region.clonedMachine();

        RawHttp.Reply named = region.post("/machines/" + vmId + "/migrate", "{\"host\": \"pve3\"}");
        assertThat(named.json().path("host").asString()).isEqualTo("pve3");
        assertThat(region.pve.get("/nodes/pve3/qemu/" + vmId + "/config").status())
                .isEqualTo(200);

        RawHttp.Reply any = region.post("/machines/" + vmId + "/migrate");
        String host = any.json().path("host").asString();
        assertThat(host).isIn("pve1", "pve2");
        assertThat(region.pve
                        .get("/nodes/" + host + "/qemu/" + vmId + "/config")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_machine_is_turned_on_and_off_and_over() {
        int vmId = region.clonedMachine();

        assertThat(region.post("/machines/" + vmId + "/power", "{\"on\": true}").status())
                .isEqualTo(200);
        assertThat(region.running(vmId)).isTrue();
        assertThat(region.post("/machines/" + vmId + "/power", "{\"on\": false}")
                        .status())
                .isEqualTo(200);
        assertThat(region.running(vmId)).isFalse();
        assertThat(region.post("/machines/" + vmId + "/power").json().path("on").asBoolean(false))
                .isTrue();
        assertThat(region.running(vmId)).isTrue();
    }

    @Test
    void a_silent_node_becomes_unknown_and_a_woken_one_ready() {
        await().until(() -> region.kube.ready("shared-1").equals("True"));

        assertThat(region.post("/nodes/shared-1/silence").status()).isEqualTo(200);
        await().until(() -> region.kube.ready("shared-1").equals("Unknown"));

        assertThat(region.post("/nodes/shared-1/wake").status()).isEqualTo(200);
        await().until(() -> region.kube.ready("shared-1").equals("True"));
    }

    @ParameterizedTest
    @CsvSource({
        "/machines/77/vanish, VM 77 does not exist",
        "/machines/77/migrate, VM 77 does not exist",
        "/machines/77/power, VM 77 does not exist",
        "/nodes/nobody/silence, nodes \"nobody\" not found",
        "/nodes/nobody/wake, nodes \"nobody\" not found"
    })
    void what_is_not_there_is_not_found(String path, String message) {
        RawHttp.Reply reply = region.post(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("message").asString()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /machines/9000/migrate | {"host": "pve9"} | host
            /machines/9000/migrate | {"host": 1}      | host
            /machines/9000/power   | {"on": "maybe"}  | on
            /machines/9000/power   | {"state": "on"}  | state
            /machines/first/vanish | {}               | vmid
            /nodes/shared-1/wake   | {"now": true}    | now
            """)
    void bad_input_is_named(String path, String body, String field) {
        RawHttp.Reply reply = region.post(path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("errors").propertyNames()).containsExactly(field);
    }
}
