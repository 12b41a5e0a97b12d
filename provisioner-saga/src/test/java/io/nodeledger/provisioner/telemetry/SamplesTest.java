package io.nodeledger.provisioner.telemetry;

import static io.nodeledger.provisioner.telemetry.Machines.GIB;
import static io.nodeledger.provisioner.telemetry.Machines.NOON;
import static io.nodeledger.provisioner.telemetry.Machines.machine;
import static io.nodeledger.provisioner.telemetry.Machines.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.nodeledger.provisioner.proxmox.client.MachineFigures;
import io.nodeledger.provisioner.region.IdRange;
import io.nodeledger.provisioner.telemetry.Samples.Beside;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {
    private static final Beside NOTHING = new Beside(_ -> OptionalLong.empty(), _ -> Optional.empty());

    private final Samples samples = new Samples(new IdRange(1000, 1999));

    @Test
    void aSampleHasSharesAtOnceAndRatesFromTheSecondOneOn() {
        var first = samples.of(NOON, List.of(machine(1, 100)), NOTHING).getFirst();
        var second = samples.of(NOON.plusSeconds(15), List.of(machine(1, 115)), NOTHING)
                .getFirst();

        assertThat(first.cpu()).isEqualTo(0.25);
        assertThat(first.memory()).isEqualTo(0.25);
        assertThat(first.networkIn()).isNull();
        assertThat(second.networkIn()).isEqualTo(1_000);
        assertThat(second.networkOut()).isEqualTo(500);
    }

    @ParameterizedTest(name = "after {0} ms the uptime is {1} s: {2}")
    @CsvSource({
        // The uptime is told in whole seconds and agrees: the clock is finer.
        "15000, 115, 1000",
        "14400, 115, 1041.67",
        // Figures that were kept for a while: the uptime says over what time they grew.
        "15000, 110, 1000",
        "15000, 120, 1000",
        // Nothing new was told, or the machine was started anew.
        "15000, 100, ",
        "15000, 3, ",
    })
    void ratesAreThoseOfTheTimeInWhichTheCountersGrew(long millis, long uptime, @Nullable Double rate) {
        samples.of(NOON, List.of(machine(1, 100)), NOTHING);

        var sample = samples.of(NOON.plusMillis(millis), List.of(machine(1, uptime)), NOTHING)
                .getFirst();

        if (rate == null) {
            assertThat(sample.networkIn()).isNull();
        } else {
            assertThat(sample.networkIn()).isCloseTo(rate, within(0.01));
        }
    }

    @Test
    void memoryIsWhatKubernetesMeasuresWhereItIsKnown() {
        var beside = new Beside(
                id -> id.equals(nodeId(1)) ? OptionalLong.of(4 * GIB) : OptionalLong.empty(), _ -> Optional.empty());

        var taken = samples.of(NOON, List.of(machine(1, 100), machine(2, 100)), beside);

        assertThat(taken)
                .extracting(Sample::nodeId, Sample::memoryUsed)
                .containsExactlyInAnyOrder(tuple(nodeId(1), 4 * GIB), tuple(nodeId(2), 2 * GIB));
    }

    @Test
    void machinesOfOthersAndNodesThatAreTaggedTwiceHaveNoSamples() {
        var foreign = new MachineFigures(5000, "pve1", nodeId(1), 4, 1, 1, 1, 0, 0, 9);
        var untagged = new MachineFigures(1500, "pve1", null, 4, 1, 1, 1, 0, 0, 9);
        var copy = new MachineFigures(1501, "pve1", "nodeledger;" + nodeId(2), 4, 1, 1, 1, 0, 0, 9);

        var taken = samples.of(NOON, List.of(machine(1, 100), foreign, untagged, machine(2, 100), copy), NOTHING);

        assertThat(taken).extracting(Sample::nodeId).containsExactly(nodeId(1));
        assertThat(samples.running()).containsOnlyKeys(nodeId(1));
    }
}
