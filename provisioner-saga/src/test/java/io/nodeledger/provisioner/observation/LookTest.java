package io.nodeledger.provisioner.observation;

import static io.nodeledger.provisioner.observation.ObservedObjects.NOON;
import static io.nodeledger.provisioner.observation.ObservedObjects.lease;
import static io.nodeledger.provisioner.observation.ObservedObjects.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookTest {
    private static final Instant REGISTERED = Instant.parse("2026-01-01T11:00:00Z");
    private static final Instant STARTED = Instant.parse("2026-01-01T10:58:00Z");
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @Test
    void a_node_is_described_in_the_shapes_of_the_api() {
        var seen =
                Objects.requireNonNull(first(node(1, "a"), NOON).get("node-1")).node();

        assertThat(seen.ready()).isTrue();
        assertThat(seen.schedulable()).isTrue();
        assertThat(seen.conditions())
                .isEqualTo("[{\"type\":\"Ready\",\"status\":\"True\",\"last_transition\":\"2026-01-01T11:00:30Z\"}]");
        assertThat(seen.system())
                .isEqualTo("{\"kernel_version\":\"6.8.0-88-generic\",\"os_image\":\"Ubuntu 24.04.3 LTS\","
                        + "\"container_runtime\":\"containerd://2.2.1\",\"kubelet_version\":\"v1.36.1\"}");
    }

    @Test
    void a_cordoned_node_is_not_schedulable_and_one_without_conditions_not_ready() {
        var cordoned = new NodeBuilder(node(1, "a"))
                .editSpec()
                .withUnschedulable(true)
                .endSpec()
                .withStatus(null)
                .build();

        var seen = Objects.requireNonNull(first(cordoned, NOON).get("node-1")).node();

        assertThat(seen.schedulable()).isFalse();
        assertThat(seen.ready()).isFalse();
        assertThat(seen.conditions()).isEqualTo("[]");
        assertThat(seen.system()).isEqualTo("{}");
    }

    @Test
    void an_object_that_only_wears_the_label_of_a_node_is_not_that_node() {
        assertThat(first(node("node-1", "somebodys", 101, "a"), NOON)).isEmpty();
    }

    @Test
    void a_node_without_a_lease_has_no_heartbeat() {
        var seen = new Look(Map.of(), null, NOON, Map::of).at(List.of(node(1, "a")), List.of(), List.of());

        assertThat(seen.get("node-1")).extracting(Observation::heartbeat).isNull();
    }

    /** A kubelet's clock may be wrong; that nothing was renewed for an hour must not look like a renewal of now. */
    @ParameterizedTest
    @CsvSource({
        // previous look, renewed, counts from
        ",                     2026-01-01T11:00:00Z, 2026-01-01T11:00:00Z",
        ",                     2026-01-01T13:00:00Z, 2026-01-01T12:00:00Z",
        "2026-01-01T11:59:55Z, 2026-01-01T11:59:58Z, 2026-01-01T11:59:58Z",
        "2026-01-01T11:59:55Z, 2026-01-01T11:30:00Z, 2026-01-01T12:00:00Z",
        "2026-01-01T11:59:55Z, 2026-01-01T13:00:00Z, 2026-01-01T12:00:00Z",
        "2026-01-01T11:00:00Z, 2026-01-01T11:01:00Z, 2026-01-01T11:01:00Z",
    })
    void a_renewal_counts_from_its_own_time_if_that_is_possible_and_else_from_when_it_is_seen(
            @Nullable Instant previous, Instant renewed, Instant expected) {
        var before = first(node(1, "a"), REGISTERED);

        var seen = new Look(before, previous, NOON, Map::of)
                .at(List.of(node(1, "a")), List.of(lease(1, renewed)), List.of());

        assertThat(heartbeat(seen).seenAt()).isEqualTo(expected);
        assertThat(heartbeat(seen).renewedAt()).isEqualTo(renewed);
    }

    @Test
    void a_lease_that_was_not_renewed_keeps_the_time_of_its_last_renewal() {
        Instant wrong = NOON.plus(Duration.ofHours(1));
        var before = first(node(1, "a"), wrong);

        var seen = next(before, node(1, "a"), wrong, NOON.plusSeconds(60), Map::of);

        assertThat(heartbeat(seen).seenAt()).isEqualTo(NOON);
    }

    @Test
    void the_first_boot_began_when_the_machine_was_started() {
        assertThat(booted(first(node(1, "a"), NOON))).isEqualTo(STARTED);
    }

    @Test
    void without_an_answer_of_the_provider_it_began_when_the_kubelet_registered() {
        var seen =
                new Look(Map.of(), null, NOON, Map::of).at(List.of(node(1, "a")), List.of(lease(1, NOON)), List.of());

        assertThat(booted(seen)).isEqualTo(REGISTERED);
    }

    @Test
    void a_machine_that_moves_to_another_host_keeps_its_boot_although_its_process_is_new() {
        var seen = next(first(node(1, "a"), NOON), node(1, "a"), NOON, later(PAUSE), () -> Map.of(101, NOON));

        assertThat(booted(seen)).isEqualTo(STARTED);
    }

    @Test
    void a_reboot_from_within_begins_anew_although_the_process_goes_on() {
        var seen =
                next(first(node(1, "a"), NOON), node(1, "b"), later(PAUSE), later(PAUSE), () -> Map.of(101, STARTED));

        assertThat(booted(seen)).isEqualTo(later(PAUSE));
    }

    @Test
    void a_machine_that_was_powered_off_and_on_runs_since_it_was_powered_on() {
        Instant on = NOON.plusSeconds(100);

        var seen = next(
                first(node(1, "a"), NOON),
                node(1, "b"),
                NOON.plusSeconds(130),
                NOON.plusSeconds(132),
                () -> Map.of(101, on));

        assertThat(booted(seen)).isEqualTo(on);
    }

    @Test
    void the_provider_is_asked_once_for_all_boots_and_never_without_one() {
        var asked = new AtomicInteger();
        Supplier<Map<Integer, Instant>> starts = () -> {
            asked.incrementAndGet();
            return Map.of();
        };
        var nodes = IntStream.range(0, 200).mapToObj(n -> node(n, "a")).toList();

        var before = new Look(Map.of(), null, NOON, starts).at(nodes, List.of(), List.of());
        assertThat(asked).hasValue(1);

        new Look(before, NOON, later(PAUSE), starts).at(nodes, List.of(), List.of());
        assertThat(asked).hasValue(1);
    }

    private static Map<String, Observation> first(Node node, Instant renewedAt) {
        return next(Map.of(), node, renewedAt, NOON, () -> Map.of(101, STARTED));
    }

    private static Map<String, Observation> next(
            Map<String, Observation> before,
            Node node,
            Instant renewedAt,
            Instant now,
            Supplier<Map<Integer, Instant>> starts) {
        return new Look(before, before.isEmpty() ? null : NOON, now, starts)
                .at(List.of(node), List.of(lease(1, renewedAt)), List.of());
    }

    private static Instant later(Duration pause) {
        return NOON.plus(pause);
    }

    private static Observation.Heartbeat heartbeat(Map<String, Observation> seen) {
        return Objects.requireNonNull(Objects.requireNonNull(seen.get("node-1")).heartbeat());
    }

    private static Instant booted(Map<String, Observation> seen) {
        return Objects.requireNonNull(seen.get("node-1")).bootedAt();
    }
}
