package io.nodeledger.base.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedTaskTest {
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void itGoesOnWhateverARoundThrows() {
        var task = new RepeatedTask("test", Duration.ZERO, Duration.ofMillis(1), () -> {
            if (rounds.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("a round that fails");
            }
        });

        task.start();
        await().until(() -> rounds.get() > 5);
        assertThat(task.isRunning()).isTrue();
        task.stop();

        assertThat(task.isRunning()).isFalse();
    }

    @Test
    void itBeginsAnewAfterItWasStopped() {
        var task = new RepeatedTask("test", Duration.ofMillis(1), rounds::incrementAndGet);
        task.start();
        await().until(() -> rounds.get() > 0);
        task.stop();
        int before = rounds.get();

        task.start();

        await().until(() -> rounds.get() > before + 1);
        task.stop();
    }
}
