package io.nodeledger.provisioner.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StepTurnsTest {
    private final AtomicInteger working = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void no_more_steps_work_at_a_time_than_have_turns() throws Exception {
        try (var turns = new StepTurns(2, Duration.ofHours(1));
                var steps = Executors.newVirtualThreadPerTaskExecutor()) {
            var most = new AtomicInteger();
            var all = new ArrayList<Future<?>>();

            for (int i = 0; i < 50; i++) {
                all.add(steps.submit(() -> turns.take(() -> {
                    most.accumulateAndGet(working.incrementAndGet(), Math::max);
                    Thread.sleep(1);
                    return working.decrementAndGet();
                })));
            }
            for (Future<?> step : all) {
                step.get();
            }

            assertThat(most).hasValue(2);
        }
    }

    @Test
    void a_step_that_hangs_keeps_others_waiting_no_longer_than_a_turn() {
        try (var turns = new StepTurns(1, Duration.ofMillis(20));
                var steps = Executors.newVirtualThreadPerTaskExecutor()) {
            hang(steps, turns, 3);

            await().untilAsserted(() -> assertThat(working).hasValue(3));
            end.countDown();
        }
    }

    @Test
    void a_turn_is_given_back_once_whether_its_step_is_quick_slow_or_fails() throws Exception {
        try (var turns = new StepTurns(1, Duration.ofMillis(20))) {
            turns.take(() -> 0);
            turns.take(() -> {
                await().until(() -> turns.free() == 1);
                return 0;
            });
            assertThatThrownBy(() -> turns.take(() -> {
                        throw new IllegalStateException("fails");
                    }))
                    .hasMessage("fails");

            await().during(Duration.ofMillis(100)).until(() -> turns.free() == 1);
        }
    }

    private void hang(ExecutorService steps, StepTurns turns, int count) {
        for (int i = 0; i < count; i++) {
            var _ = steps.submit(() -> turns.take(() -> {
                working.incrementAndGet();
                end.await();
                return 0;
            }));
        }
    }
}
