package io.nodeledger.command.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.command.TestPlans;
import io.nodeledger.events.catalogue.NodePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanStockTest {
    private static final Place WEST = new Place("plan-a", "us-west-2");
    private static final Place EAST = new Place("plan-a", "us-east-1");
    private static final NodePlan PLAN = TestPlans.limited(Map.of("us-west-2", 3, "us-east-1", 1));

    private final PlanStock patient = new PlanStock(Duration.ofSeconds(20));
    private final PlanStock stock = new PlanStock(Duration.ZERO);

    @Test
    void counted_admitted_and_held_nodes_use_a_stock_up_together() {
        stock.count(Map.of(WEST, 1L), Set.of());
        stock.admit("node-1", WEST);

        assertThat(stock.hold(PLAN, "us-west-2")).containsExactly("us-west-2");
        assertThat(stock.hold(PLAN, "us-west-2")).isEmpty();
        assertThat(stock.hold(PLAN, "us-east-1")).containsExactly("us-east-1");
    }

    @Test
    void a_node_counts_once_when_the_read_model_has_it() {
        stock.admit("node-1", WEST);
        stock.admit("node-2", WEST);

        stock.count(Map.of(WEST, 1L), Set.of("node-1"));

        assertThat(stock.uncounted()).containsExactly("node-2");
        assertThat(stock.hold(PLAN, "us-west-2")).hasSize(1);
        assertThat(stock.hold(PLAN, "us-west-2")).isEmpty();
    }

    @Test
    void what_was_held_and_not_taken_is_there_again() {
        stock.release("plan-a", stock.hold(PLAN, "us-east-1"));

        assertThat(stock.hold(PLAN, "us-east-1")).containsExactly("us-east-1");
    }

    @Test
    void without_a_region_a_place_is_held_wherever_one_is_left() {
        stock.count(Map.of(EAST, 1L), Set.of());

        assertThat(stock.hold(PLAN, null)).containsExactly("us-west-2");
        assertThat(stock.hold(PLAN, null)).hasSize(1);
        assertThat(stock.hold(PLAN, "us-west-2")).hasSize(1);
        assertThat(stock.hold(PLAN, "us-west-2")).isEmpty();
    }

    @Test
    void more_nodes_than_a_lowered_stock_allows_are_just_no_place() {
        stock.count(Map.of(WEST, 7L), Set.of());

        assertThat(stock.hold(PLAN, "us-west-2")).isEmpty();
    }

    @Test
    void who_finds_the_last_place_held_waits_and_gets_it_when_the_holder_is_refused() throws Exception {
        var first = patient.hold(PLAN, "us-east-1");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Set<String>> second = threads.submit(() -> patient.hold(PLAN, "us-east-1"));
            await().during(Duration.ofMillis(50)).until(() -> !second.isDone());

            patient.release("plan-a", first);

            assertThat(second.get()).containsExactly("us-east-1");
        }
    }

    @Test
    void of_a_crowd_as_many_get_a_place_as_there_are_whoever_is_refused_for_another_reason() throws Exception {
        var plan = TestPlans.limited(Map.of("us-west-2", 10));
        var admitted = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asked = IntStream.range(0, 200)
                    .<Future<?>>mapToObj(number -> threads.submit(() -> {
                        var held = patient.hold(plan, "us-west-2");
                        Thread.sleep(1);
                        if (!held.isEmpty() && number % 3 != 0) {
                            patient.admit("node-" + number, WEST);
                            admitted.incrementAndGet();
                        }
                        patient.release("plan-a", held);
                        return held;
                    }))
                    .toList();
            for (var each : asked) {
                each.get();
            }
        }

        assertThat(admitted).hasValue(10);
    }
}
