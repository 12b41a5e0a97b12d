package io.nodeledger.provisioner.kubernetes.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodRequestsTest {
    @Test
    void containers_run_together_and_what_one_does_not_ask_for_counts_nothing() {
        assertAsked(pod(container("a", "1"), container("b", "500m"), container("c", null)), "cpu", "1.5");
        assertAsked(pod(container("a", "1")), "memory", "0");
    }

    @Test
    void init_containers_run_alone_so_the_largest_counts_when_it_is_larger_than_all_that_come_after() {
        assertAsked(with(pod(container("a", "1")), init("x", "2"), init("y", "3")), "cpu", "3");
        assertAsked(with(pod(container("a", "4")), init("x", "2"), init("y", "3")), "cpu", "4");
    }

    @Test
    void a_sidecar_runs_beside_all_that_begin_after_it() {
        assertAsked(with(pod(container("a", "1")), sidecar("s", "1"), init("x", "3")), "cpu", "4");
        assertAsked(with(pod(container("a", "1")), init("x", "3"), sidecar("s", "1")), "cpu", "3");
        assertAsked(with(pod(container("a", "4")), sidecar("s", "1"), init("x", "3"), sidecar("t", "1")), "cpu", "6");
    }

    @Test
    void overhead_comes_on_top_of_whatever_is_asked_for() {
        var pod = new PodBuilder(pod(container("a", "1")))
                .editSpec()
                .withOverhead(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("1Mi")))
                .endSpec()
                .build();

        assertAsked(pod, "cpu", "1.1");
        assertAsked(pod, "memory", "1048576");
    }

    @Test
    void what_is_asked_for_the_whole_pod_takes_the_place_of_what_its_containers_ask_for() {
        var pod = new PodBuilder(with(pod(container("a", "3")), init("x", "5")))
                .editSpec()
                .withOverhead(Map.of("cpu", new Quantity("1")))
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("2"), "ephemeral-storage", new Quantity("1Gi")))
                .endResources()
                .endSpec()
                .build();

        assertAsked(pod, "cpu", "3");
        assertAsked(pod, "ephemeral-storage", "0");
    }

    @Test
    void a_container_that_is_being_resized_counts_with_the_larger_of_what_it_has_and_what_it_wants() {
        assertAsked(resized("1", "2", ""), "cpu", "2");
        assertAsked(resized("3", "2", "Deferred"), "cpu", "3");
    }

    @Test
    void a_resize_that_can_never_be_is_not_counted() {
        assertAsked(resized("3", "2", "Infeasible"), "cpu", "2");
    }

    private static Pod resized(String wanted, String has, String pending) {
        var status = new ContainerStatusBuilder()
                .withName("a")
                .withAllocatedResources(Map.of("cpu", new Quantity("500m")))
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity(has)))
                .endResources()
                .build();
        var pod = new PodBuilder(pod(container("a", wanted)))
                .withNewStatus()
                .withContainerStatuses(status)
                .endStatus();
        return pending.isEmpty()
                ? pod.build()
                : pod.editStatus()
                        .addNewCondition()
                        .withType("PodResizePending")
                        .withReason(pending)
                        .endCondition()
                        .endStatus()
                        .build();
    }

    private static void assertAsked(Pod pod, String resource, String amount) {
        assertThat(PodRequests.of(pod, resource)).isEqualByComparingTo(amount);
    }

    private static Pod pod(Container... containers) {
        return new PodBuilder()
                .withNewSpec()
                .withContainers(containers)
                .endSpec()
                .build();
    }

    private static Pod with(Pod pod, Container... init) {
        return new PodBuilder(pod).editSpec().withInitContainers(init).endSpec().build();
    }

    private static Container container(String name, @Nullable String cpu) {
        var container = new ContainerBuilder().withName(name);
        return cpu == null
                ? container.build()
                : container
                        .withNewResources()
                        .withRequests(Map.of("cpu", new Quantity(cpu)))
                        .endResources()
                        .build();
    }

    private static Container init(String name, String cpu) {
        return container(name, cpu);
    }

    private static Container sidecar(String name, String cpu) {
        return new ContainerBuilder(container(name, cpu))
                .withRestartPolicy("Always")
                .build();
    }
}
