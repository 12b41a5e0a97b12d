package io.nodeledger.provisioner.proxmox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.kubernetes.ANode;
import io.nodeledger.provisioner.kubernetes.TriedAttempt;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import io.nodeledger.provisioner.proxmox.client.Upid;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderTasksTest {
    private static final Reply NO_ROUTE = new Reply(595, "No route to host", "{\"data\":null}");

    private final ProviderTasks tasks = new ProviderTasks();
    private final TriedAttempt attempt = new TriedAttempt(Duration.ZERO);

    @Test
    void a_task_ends_with_its_host() throws Exception {
        try (var cluster = cluster("pve2")) {
            assertThat(tasks.resume(cluster.region.client(), stopped("pve2"), Step.HALT))
                    .isEmpty();
        }
    }

    @Test
    void a_task_on_a_host_that_is_online_and_does_not_answer_is_asked_for_again() throws Exception {
        try (var cluster = cluster("pve1")) {
            var failure = catchThrowableOfType(
                    ProxmoxFailure.class, () -> tasks.resume(cluster.region.client(), stopped("pve1"), Step.HALT));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void a_task_that_is_done_at_the_first_look_costs_no_record() throws Exception {
        try (var cluster = new ScriptedRegion().answering(look("pve1"), ended("OK"))) {
            assertThat(tasks.run(cluster.region.client(), attempt, () -> Optional.of(new Upid(upid("pve1")))))
                    .isEqualTo(TaskStatus.OK);
            assertThat(attempt.recorded()).isEmpty();
        }
    }

    @Test
    void a_task_that_failed_at_once_is_on_record_and_counted_once() throws Exception {
        try (var cluster = new ScriptedRegion().answering(look("pve1"), ended("no space left on device"))) {
            var status = tasks.run(cluster.region.client(), attempt, () -> Optional.of(new Upid(upid("pve1"))));

            assertThat(status.failure().getMessage()).contains("no space left on device");
            assertThat(attempt.recorded()).containsExactly(new Outcome.TaskStarted(upid("pve1")));
            assertThat(tasks.resume(cluster.region.client(), stopped("pve1"), Step.HALT))
                    .isEmpty();
        }
    }

    @Test
    void a_task_that_cannot_be_looked_at_is_on_record_before_anybody_waits() throws Exception {
        try (var cluster = cluster("pve1")) {
            var unseen = catchThrowableOfType(
                    ProxmoxFailure.class,
                    () -> tasks.run(cluster.region.client(), attempt, () -> Optional.of(new Upid(upid("pve1")))));

            assertThat(unseen.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(attempt.recorded()).containsExactly(new Outcome.TaskStarted(upid("pve1")));
        }
    }

    @Test
    void a_task_that_runs_is_on_record_before_anybody_waits() throws Exception {
        try (var cluster = new ScriptedRegion().answering(look("pve1"), Reply.data("{\"status\": \"running\"}"))) {
            var status = tasks.run(cluster.region.client(), attempt, () -> Optional.of(new Upid(upid("pve1"))));

            assertThat(status.running()).isTrue();
            assertThat(attempt.recorded()).containsExactly(new Outcome.TaskStarted(upid("pve1")));
        }
    }

    private static ScriptedRegion cluster(String host) {
        return new ScriptedRegion().answering(look(host), NO_ROUTE);
    }

    private static String look(String host) {
        return "GET /nodes/" + host + "/tasks/"
                + upid(host).replace(":", "%3A").replace("@", "%40").replace("!", "%21") + "/status";
    }

    private static Reply ended(String exitStatus) {
        return Reply.data("{\"status\": \"stopped\", \"exitstatus\": \"" + exitStatus + "\"}");
    }

    private static String upid(String host) {
        return "UPID:" + host + ":000004D2:00000001:66000000:qmstop:1001:root@pam!test:";
    }

    private static NodeFacts stopped(String host) {
        return ANode.inRegion("us-west-2").on(1001).deletingWithTask(Step.HALT, upid(host));
    }
}
