package io.nodeledger.provisioner.proxmox.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.provisioner.region.IdRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcMachineIdsTest {
    private static final String REGION = "us-west-2";
    private static final IdRange RANGE = new IdRange(1000, 1099);
    private static final MachineSize SIZE = new MachineSize(2, 1L << 32, 1L << 34);

    private MachineIds ids = new ProvisionerDatabase().machineIds();

    @BeforeEach
    void freshTables() {
        ids = new ProvisionerDatabase().machineIds();
    }

    @Test
    void parallel_claims_get_as_many_ids_as_there_are_nodes() throws Exception {
        List<Callable<Claim>> claims = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String node = "node-" + i;
            claims.add(() -> claim(node, Set.of(1003, 1004)));
        }
        var vmIds = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Claim> claim : threads.invokeAll(claims)) {
                vmIds.add(claim.get().vmId());
            }
        }

        assertThat(vmIds).hasSize(40).doesNotHaveDuplicates().doesNotContain(1003, 1004);
    }

    @Test
    void a_node_that_claims_again_after_a_crash_finds_its_claim() {
        Claim first = claim("node-a", Set.of());

        assertThat(claim("node-a", Set.of())).isEqualTo(first);
        assertThat(ids.claimOf(REGION, "node-a")).contains(first);
    }

    @Test
    void a_burnt_id_is_never_handed_out_again_and_a_released_one_rests() {
        Claim burnt = claim("node-a", Set.of());
        ids.burn(REGION, "node-a", burnt.vmId());
        Claim second = claim("node-a", Set.of());
        ids.release(REGION, "node-a");
        Claim third = claim("node-b", Set.of());

        assertThat(Set.of(burnt.vmId(), second.vmId(), third.vmId())).hasSize(3);
        for (int i = 0; i < 98; i++) {
            assertThat(claim("node-x" + i, Set.of()).vmId()).isNotEqualTo(burnt.vmId());
        }
    }

    @Test
    void the_id_of_a_machine_that_is_there_is_adopted_unless_another_node_holds_it() {
        var spot = new MachineIds.Spot("pve2", "shared", SIZE);
        int held = claim("node-a", Set.of()).vmId();

        assertThat(ids.adopt(REGION, "node-b", held, spot)).isEmpty();
        assertThat(ids.adopt(REGION, "node-b", 1050, spot))
                .contains(new Claim(1050, "node-b", "pve2", "shared", SIZE))
                .isEqualTo(ids.claimOf(REGION, "node-b"));
    }

    @Test
    void a_free_id_is_found_behind_a_long_stretch_of_used_ones_and_round_the_ends_of_the_range() {
        var range = new IdRange(1000, 2999);
        Set<Integer> allButTwo = IntStream.rangeClosed(1000, 2999)
                .filter(id -> id != 1001 && id != 2500)
                .boxed()
                .collect(Collectors.toSet());

        assertThat(claim("node-a", range, allButTwo).vmId()).isEqualTo(1001);
        assertThat(claim("node-b", range, allButTwo).vmId()).isEqualTo(2500);
        ids.release(REGION, "node-a");
        assertThat(claim("node-c", range, allButTwo).vmId()).isEqualTo(1001);
        assertThatThrownBy(() -> claim("node-d", range, allButTwo))
                .hasMessageContaining("1000-2999 of region us-west-2 is used up");
    }

    @Test
    void nothing_is_claimed_when_nothing_fits() {
        assertThat(ids.claim(REGION, "node-a", RANGE, Set.of(), recent -> Optional.empty()))
                .isEmpty();
        assertThat(ids.claimOf(REGION, "node-a")).isEmpty();
    }

    @Test
    void one_node_clones_at_a_time_and_a_vanished_one_loses_its_turn() {
        assertThat(ids.holdCloneSlot(REGION, "9000@shared", "node-a", Duration.ofSeconds(60)))
                .isTrue();
        assertThat(ids.holdCloneSlot(REGION, "9000@shared", "node-b", Duration.ofSeconds(60)))
                .isFalse();
        assertThat(ids.holdCloneSlot(REGION, "9000@shared", "node-a", Duration.ZERO))
                .isTrue();
        assertThat(ids.holdCloneSlot(REGION, "9000@shared", "node-b", Duration.ofSeconds(60)))
                .isTrue();
    }

    @Test
    void an_unanswered_clone_is_remembered_until_its_answer_arrives() {
        claim("node-a", Set.of());
        assertThat(ids.unansweredSince(REGION, "node-a")).isEmpty();
        ids.cloneAsked(REGION, "node-a");
        assertThat(ids.unansweredSince(REGION, "node-a")).isPresent();
        ids.cloneAnswered(REGION, "node-a");
        assertThat(ids.unansweredSince(REGION, "node-a")).isEmpty();
    }

    private Claim claim(String node, Set<Integer> taken) {
        return claim(node, RANGE, taken);
    }

    private Claim claim(String node, IdRange range, Set<Integer> taken) {
        return ids.claim(REGION, node, range, taken, recent -> Optional.of(new MachineIds.Spot("pve1", "shared", SIZE)))
                .orElseThrow();
    }
}
