package io.nodeledger.provisioner.proxmox.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ScriptedRegion;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import io.nodeledger.provisioner.proxmox.placement.ProvisionerDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloneSlotsTest {
    private static final Placement PLACE = new Placement("pve1", 1001, "shared");

    private final ProvisionerDatabase database = new ProvisionerDatabase();
    private final ScriptedRegion cluster = new ScriptedRegion();
    private final ProxmoxRegion region = cluster.region;
    private MachineIds ids;

    @BeforeEach
    void connect() {
        ids = database.machineIds();
    }

    @AfterEach
    void disconnect() throws Exception {
        cluster.close();
    }

    @Test
    void who_crashed_with_the_slot_keeps_others_waiting_for_its_lease_at_most() throws Exception {
        var crashed = new CloneSlots(ids);
        assertThat(crashed.take(region, PLACE, "node-a")).isTrue();
        var survivor = new CloneSlots(ids);
        assertThat(survivor.take(region, PLACE, "node-b")).isFalse();
        assertThat(left()).isPositive().isLessThanOrEqualTo(CloneSlots.LEASE.toSeconds());

        database.jdbc
                .sql("update provisioner.clone_slot set held_until = clock_timestamp()")
                .update();

        assertThat(survivor.take(region, PLACE, "node-b")).isTrue();
    }

    @Test
    void who_crashed_with_the_slot_takes_it_again_at_once() throws Exception {
        assertThat(new CloneSlots(ids).take(region, PLACE, "node-a")).isTrue();

        assertThat(new CloneSlots(ids).take(region, PLACE, "node-a")).isTrue();
    }

    @Test
    void two_hundred_that_wait_ask_the_database_once_each_at_most() throws Exception {
        new CloneSlots(ids).take(region, PLACE, "node-holder");
        var statements = new AtomicInteger();
        var slots = new CloneSlots(counting(statements));
        List<Callable<Boolean>> turns = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String node = "node-" + i;
            turns.add(() -> slots.take(region, PLACE, node));
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> turn : threads.invokeAll(turns)) {
                assertThat(turn.get()).isFalse();
            }
        }

        assertThat(statements.get()).isLessThanOrEqualTo(200);
    }

    @Test
    void those_behind_one_that_is_asking_right_now_do_not_ask_the_database_at_all() throws Exception {
        var statements = new AtomicInteger();
        var slots = new CloneSlots(counting(statements));
        assertThat(slots.take(region, PLACE, "node-a")).isTrue();

        assertThat(slots.take(region, PLACE, "node-b")).isFalse();

        assertThat(statements).hasValue(1);
    }

    private long left() {
        return database.jdbc
                .sql("select extract(epoch from held_until - clock_timestamp()) from provisioner.clone_slot")
                .query(Long.class)
                .single();
    }

    private MachineIds counting(AtomicInteger statements) {
        return (MachineIds) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MachineIds.class}, (proxy, method, arguments) -> {
                    statements.incrementAndGet();
                    try {
                        return method.invoke(ids, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
