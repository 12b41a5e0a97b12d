package io.nodeledger.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Tests that wait for something look every 20 ms, unless they say otherwise: Awaitility's own first look is after 100 ms, which
 * a test that waits a hundred times pays a hundred times. They give up after 30 s, as on a busy machine a process may stand
 * still for half of Awaitility's own 10 s. JUnit finds this class as a service.
 */
public final class QuickLooks implements LauncherSessionListener {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultPollInterval(PAUSE);
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
