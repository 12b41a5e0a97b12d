package io.nodeledger.provisioner.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static final List<Integer> MANY = IntStream.range(0, 100).boxed().toList();

    @Test
    void answersComeInTheOrderOfWhatWasAsked() throws InterruptedException {
        assertThat(SideBySide.each(MANY, number -> 2 * number))
                .isEqualTo(MANY.stream().map(number -> 2 * number).toList());
    }

    @Test
    void someAreUnderWayAtTheSameTime() throws InterruptedException {
        var both = new CountDownLatch(2);

        assertThat(SideBySide.each(List.of(1, 2), number -> met(both, 10_000))).containsExactly(true, true);
    }

    @Test
    void afterAFailureTheRestIsNotBegun() {
        var begun = new AtomicInteger();

        assertThatThrownBy(() -> SideBySide.each(MANY, number -> {
                    begun.incrementAndGet();
                    if (number == 0) {
                        throw new TurnLost("another instance works on the transition");
                    }
                    return met(new CountDownLatch(2), 50);
                }))
                .isInstanceOf(TurnLost.class);
        assertThat(begun).hasValueLessThan(MANY.size());
    }

    private static boolean met(CountDownLatch others, long milliseconds) {
        others.countDown();
        try {
            return others.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }
}
