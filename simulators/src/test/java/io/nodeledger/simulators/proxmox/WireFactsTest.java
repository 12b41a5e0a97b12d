package io.nodeledger.simulators.proxmox;

import static io.nodeledger.simulators.proxmox.SimulatedCluster.TEMPLATE;
import static io.nodeledger.simulators.proxmox.SimulatedCluster.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireFactsTest {
    @TempDir
    Path directory;

    @Test
    void refusals_look_like_proxmoxs_own() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            Wire.Reply stranger = new Wire(cluster.simulator, "root@pam!x=wrong").get("/version");
            assertThat(stranger.status()).isEqualTo(401);
            assertThat(stranger.body()).isEmpty();
            Wire.Reply clone = cluster.wire.post(TEMPLATE + "/clone", "newid", "12", "tags", "a");
            assertThat(clone.status()).isEqualTo(400);
            assertThat(clone.json().path("errors").propertyNames()).containsExactlyInAnyOrder("newid", "tags");
            byte[] body = "a=1".getBytes(StandardCharsets.UTF_8);
            assertThat(cluster.wire.send("DELETE", vm(101), "", body).status()).isEqualTo(501);
            assertThat(cluster.wire
                            .send(
                                    "POST",
                                    vm(101),
                                    "Transfer-Encoding: chunked\r\n",
                                    "0\r\n\r\n".getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(501);
            assertThat(cluster.wire
                            .send("POST", vm(101), "", new byte[600 << 10])
                            .status())
                    .isIn(501, 0);
            String unknown = Wire.encode("UPID:pve1:00000001:00000001:00000001:qmclone:1:root@pam:");
            assertThat(cluster.wire
                            .get("/nodes/pve1/tasks/" + unknown + "/status")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_token_without_rights_sees_an_empty_list() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            TokenSpec nobody = new TokenSpec("nobody@pve!t", "s", Map.of());
            cluster.simulator.addToken(nobody);
            Wire wire = new Wire(cluster.simulator, nobody.credentials());
            assertThat(wire.get("/cluster/resources?type=vm").data()).isEmpty();
            assertThat(wire.get(TEMPLATE + "/config").status()).isEqualTo(403);
        }
    }

    @Test
    void the_agent_answers_once_the_guest_is_up() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            assertThat(cluster.wire.post(vm(101) + "/agent/ping").reason()).isEqualTo("VM 101 is not running");
        }
        try (SimulatedCluster slow = new SimulatedCluster(directory, 100)) {
            slow.simulator.power(101, true);
            assertThat(slow.wire.post(vm(101) + "/agent/ping").reason()).isEqualTo("QEMU guest agent is not running");
            slow.simulator.power(101, false);
        }
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0.05)) {
            cluster.wire.ok(cluster.wire.post(vm(101) + "/status/start"));
            await().until(() -> cluster.wire.post(vm(101) + "/agent/ping").status() == 200);
            assertThat(cluster.wire
                            .get(vm(101) + "/agent/network-get-interfaces")
                            .body())
                    .contains("rx-packets");
            assertThat(cluster.wire.get(vm(101) + "/agent/get-fsinfo").body()).contains("used-bytes");
            cluster.wire.put(vm(101) + "/config", "agent", "0").data();
            assertThat(cluster.wire.post(vm(101) + "/agent/ping").reason()).isEqualTo("No QEMU guest agent configured");
            assertThat(cluster.wire.get(vm(101) + "/rrddata?timeframe=hour").data())
                    .hasSize(60);
        }
    }

    @Test
    void everything_survives_a_restart_and_running_tasks_go_on() throws Exception {
        String upid;
        int port;
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0.05)) {
            cluster.started(101);
            upid = cluster.askForClone(102, "full", "1").text();
            port = cluster.simulator.port();
        }
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0.05)) {
            assertThat(cluster.simulator.port()).isEqualTo(port);
            await().until(() -> cluster.guests.booted().size() == 1);
            String path = "/nodes/pve1/tasks/" + Wire.encode(upid) + "/status";
            await().until(() -> cluster.wire.get(path).body().contains("\"exitstatus\":\"OK\""));
            assertThat(cluster.wire.get(vm(102) + "/config").data().has("lock")).isFalse();
        }
    }

    @Test
    void planned_faults_happen() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.simulator.faults().add(Fault.once(FaultKind.LOST_REPLY, "/clone$"));
            assertThat(cluster.askForClone(101).status()).isZero();
            await().until(() -> cluster.wire.get(vm(101) + "/config").data().has("name"));
            cluster.simulator.faults().add(Fault.once(FaultKind.TASK_FAILURE, "/status/start$"));
            assertThat(cluster.wire.await(cluster.wire.post(vm(101) + "/status/start")))
                    .startsWith("command failed");
            cluster.simulator.faults().add(Fault.once(FaultKind.PARTITION, "/nodes/pve1"));
            assertThat(cluster.wire.get(vm(101) + "/config").status()).isEqualTo(595);
            cluster.wire.ok(cluster.wire.post(vm(101) + "/status/start"));
        }
    }
}
