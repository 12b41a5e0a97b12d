package io.nodeledger.provisioner.kubernetes.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand pods, from twenty-five nodes to twenty-five others. */
class ManyPodsTest {
    private static final int WORKLOADS = 20;
    private static final int REPLICAS = 50;

    @TempDir
    private Path folder;

    @Test
    void theyMoveInGoodTime() throws InterruptedException {
        try (var world = new MovedWorld(folder, 25, 25)) {
            world.add(IntStream.range(0, WORKLOADS)
                    .mapToObj(number ->
                            AWorkload.deployment("web-" + number, REPLICAS).letting(number % 10 + 5))
                    .toArray(AWorkload[]::new));
            assertThat(world.moves().obstacles(world.toDedicated(Pace.ALL))).isEmpty();

            world.directed(MovedWorld.DEDICATED);
            try (var witness = Witness.of(world, Pace.ALL)) {
                var progress = world.move(world.toDedicated(Pace.ALL));

                witness.assertNothingWrong();
                assertThat(progress.workloads())
                        .hasSize(WORKLOADS)
                        .allSatisfy(workload -> assertThat(workload.ready()).isEqualTo(REPLICAS));
            }
        }
    }
}
