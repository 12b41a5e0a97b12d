package io.nodeledger.provisioner.telemetry;

import static io.nodeledger.provisioner.telemetry.Machines.NOON;
import static io.nodeledger.provisioner.telemetry.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.provisioner.proxmox.client.MachineFigures;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Request;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts of which one takes questions and does not answer, asked for more machines than may be asked at a time. */
class HangingHostTest {
    private static final int PARALLEL = 2;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final ScriptedProxmox server = new ScriptedProxmox(this::answer);
    private final ProxmoxClient client = server.patientClient();
    private final DetailLooks looks = new DetailLooks(client, () -> NOON, 1, PARALLEL);

    @AfterEach
    void close() throws Exception {
        hanging.countDown();
        client.close();
        server.close();
    }

    @Test
    void keepsOnlyItsOwnMachinesWaiting() throws Exception {
        var running = new LinkedHashMap<String, MachineFigures>();
        var elsewhere = new LinkedHashMap<String, MachineFigures>();
        for (int number = 1; number <= 20; number++) {
            running.put("hanging-" + number, machine("pve1", number, 100));
            elsewhere.put("other-" + number, machine("pve2", 100 + number, 100));
        }
        running.putAll(elsewhere);

        var look = Thread.ofVirtual().start(() -> look(running));

        await().atMost(SOON)
                .until(() -> elsewhere.keySet().removeIf(id -> looks.take(id).isPresent()) && elsewhere.isEmpty());
        assertThat(look.isAlive()).as("still waiting for pve1").isTrue();
        assertThat(askedOf("pve1")).as("one question, not one for each machine").hasSize(1);
        hanging.countDown();
        assertThat(look.join(SOON)).isTrue();
        assertThat(looks.take("hanging-20")).as("asked once the host answers").isPresent();
    }

    @Test
    void aLookThatIsBrokenOffWaitsForNobody() throws Exception {
        var look = Thread.ofVirtual().start(() -> look(Map.of("a", machine(1, 100), "b", machine(2, 100))));
        await().atMost(SOON).until(() -> !askedOf("pve1").isEmpty());

        look.interrupt();

        assertThat(look.join(SOON)).isTrue();
        assertThat(askedOf("pve1")).hasSize(1);
    }

    private List<Request> askedOf(String host) {
        return server.requests.stream()
                .filter(request -> request.target().contains("/" + host + "/"))
                .toList();
    }

    private Optional<Reply> answer(Request request) {
        if (request.target().contains("/pve1/")) {
            try {
                hanging.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.of(Reply.data("{}"));
    }

    private void look(Map<String, MachineFigures> running) {
        try {
            looks.look(running);
        } catch (InterruptedException brokenOff) {
            Thread.currentThread().interrupt();
        }
    }
}
