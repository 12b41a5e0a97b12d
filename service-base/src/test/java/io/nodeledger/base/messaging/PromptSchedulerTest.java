package io.nodeledger.base.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PromptSchedulerTest {
    @Test
    void whatWaitsForItsTimeIsDoneAtOnceWhenItIsHurried() throws InterruptedException {
        var done = new CountDownLatch(1);
        var scheduler = new PromptScheduler(1, "test");
        try {
            // given the back-off of a coordinator that has failed often
            var _ = scheduler.schedule(done::countDown, 1, TimeUnit.HOURS);

            // when
            scheduler.hurry();

            // then
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            scheduler.shutdownNow();
        }
    }
}
