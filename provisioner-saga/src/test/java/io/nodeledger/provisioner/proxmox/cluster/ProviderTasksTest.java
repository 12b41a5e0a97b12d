package io.nodeledger.provisioner.proxmox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.kubernetes.ANode;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import org.junit.jupiter.api.Test;

class ProviderTasksTest {
    private static final Reply NO_ROUTE = new Reply(595, "No route to host", "{\"data\":null}");

    private final ProviderTasks tasks = new ProviderTasks();

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

            assertThat(failure.kind()).isEqualTo(Kind.RETRY);
        }
    }

    private static ScriptedRegion cluster(String host) {
        String path = "GET /nodes/" + host + "/tasks/"
                + upid(host).replace(":", "%3A").replace("@", "%40").replace("!", "%21");
        return new ScriptedRegion().answering(path + "/status", NO_ROUTE);
    }

    private static String upid(String host) {
        return "UPID:" + host + ":000004D2:00000001:66000000:qmstop:1001:root@pam!test:";
    }

    private static NodeFacts stopped(String host) {
        return ANode.inRegion("us-west-2").on(1001).deletingWithTask(Step.HALT, upid(host));
    }
}
