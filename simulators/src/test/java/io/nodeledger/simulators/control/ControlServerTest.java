package io.nodeledger.simulators.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.simulators.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The control server's own manners: what it keeps, what it refuses, and whom it lets in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlServerTest {
    private ControlledRegion region;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        region = new ControlledRegion(folder);
    }

    @AfterEach
    void noMoreFaults() {
        region.delete("/faults");
    }

    @AfterAll
    void stop() throws Exception {
        region.close();
    }

    @Test
    void faults_of_both_targets_are_listed_as_they_were_planned() {
        String first = region.fault("{'target': 'proxmox', 'match': {'method': 'GET', 'path_regex': '/qemu'},"
                + " 'fault': 'status', 'status': 503, 'reason': 'busy', 'times': 3, 'delay_ms': 20}");
        String second = region.fault("{'target': 'kubernetes', 'fault': 'hang'}");

        JsonNode listed = region.get("/faults").json();

        assertThat(listed).hasSize(2);
        assertThat(listed.path(0).toString())
                .isEqualTo(("{'id':'%s','target':'proxmox','match':{'method':'GET','path_regex':'/qemu'},"
                                + "'fault':'status','status':503,'reason':'busy','times':3,'delay_ms':20,'happened':0}")
                        .formatted(first)
                        .replace('\'', '"'));
        assertThat(listed.path(1).path("id").asString()).isEqualTo(second);
        assertThat(listed.path(1).path("times").asInt()).isZero();
    }

    @Test
    void a_fault_is_removed_by_its_id_once() {
        String removed = region.fault("{'target': 'kubernetes', 'fault': 'denied'}");
        String kept = region.fault("{'target': 'proxmox', 'fault': 'denied'}");

        assertThat(region.delete("/faults/" + removed).status()).isEqualTo(204);

        assertThat(region.kube.get("/api/v1/nodes").status()).isEqualTo(200);
        assertThat(region.pve.get("/version").status()).isEqualTo(403);
        assertThat(region.get("/faults").json().path(0).path("id").asString()).isEqualTo(kept);
        assertThat(region.delete("/faults/" + removed).status()).isEqualTo(404);
        assertThat(region.delete("/faults").status()).isEqualTo(204);
        assertThat(region.faultsPlanned()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxmox", "kubernetes"})
    void of_parallel_requests_exactly_as_many_fail_as_asked_for(String target) throws Exception {
        region.fault("{'target': '" + target + "', 'fault': 'status', 'status': 503, 'times': 7}");
        Callable<Integer> request = () -> target.equals("proxmox")
                ? region.pve.get("/version").status()
                : region.kube.get("/version").status();

        List<Integer> statuses;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            statuses = clients
                    .invokeAll(Stream.generate(() -> request).limit(24).toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
        }

        assertThat(statuses).filteredOn(status -> status == 503).hasSize(7);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(17);
        assertThat(region.faultsPlanned()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                              | target fault
            []                                                              | body
            {"target":                                                      | body
            {"target": "vmware", "fault": "quake"}                          | target fault
            {"target": 1, "fault": true}                                    | target fault
            {"target": "kubernetes", "fault": "task_failure"}               | fault
            {"target": "kubernetes", "fault": "task_hang"}                  | fault
            {"target": "kubernetes", "fault": "lock"}                       | fault
            {"target": "proxmox", "fault": "hang", "match": "everything"}   | match
            {"target": "proxmox", "fault": "hang", "match": {"method": "G E T", "path_regex": "(", "path": "/"}} | match.method match.path_regex match.path
            {"target": "proxmox", "fault": "status", "status": 42, "reason": 5, "times": -1, "delay_ms": 1.5}    | status reason times delay_ms
            {"target": "proxmox", "fault": "hang", "time": 3}               | time
            """)
    void bad_input_is_named_field_by_field(String body, String fields) {
        RawHttp.Reply reply = region.post("/faults", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("errors").propertyNames()).containsExactlyInAnyOrder(fields.split(" "));
        assertThat(region.faultsPlanned()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"evil.example, 403", "evil.example:80, 403", "127.0.0.1, 200", "localhost:4711, 200", "[::1], 200"})
    void only_who_names_this_machine_is_let_in(String host, int status) {
        RawHttp.Reply reply = region.control.send("GET", "/faults", "Host: " + host + "\r\n", new byte[0]);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).contains("application/json");
    }

    @Test
    void a_web_page_can_neither_ask_across_origins_nor_send_a_form() {
        byte[] fault = "{\"target\": \"proxmox\", \"fault\": \"hang\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(region.control
                        .send("DELETE", "/faults", "Origin: http://127.0.0.1:1\r\n", new byte[0])
                        .status())
                .isEqualTo(403);
        assertThat(region.control
                        .send("POST", "/faults", "Content-Type: text/plain\r\n", fault)
                        .status())
                .isEqualTo(415);
        assertThat(region.faultsPlanned()).isZero();
    }

    @Test
    void other_paths_and_methods_are_refused_in_json() {
        assertThat(region.get("/").status()).isEqualTo(404);
        RawHttp.Reply wrongMethod = region.get("/machines/9000/vanish");

        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.json().path("message").asString()).isNotEmpty();
        assertThat(region.post("/faults", "{\"reason\": \"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void the_port_is_kept_over_a_restart_and_the_faults_are_not(@TempDir Path folder) throws Exception {
        String url;
        try (var before = new ControlledRegion(folder)) {
            url = before.server.url();
            before.fault("{'target': 'proxmox', 'fault': 'denied'}");
        }
        try (var after = new ControlledRegion(folder)) {
            assertThat(after.server.url()).isEqualTo(url);
            assertThat(after.faultsPlanned()).isZero();
        }
    }
}
