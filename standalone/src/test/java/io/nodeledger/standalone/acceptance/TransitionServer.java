package io.nodeledger.standalone.acceptance;

import io.nodeledger.standalone.StandaloneServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server of a class of tests: the nodes of others would take pods that move. Each test begins with a workspace that has
 * nothing yet, and ends with all taken away again.
 */
final class TransitionServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final double TIME_SCALE = 0.02;

    private final Map<String, String> settings;
    private final Deque<AutoCloseable> begun = new ArrayDeque<>();
    private @Nullable StandaloneServer server;

    private TransitionServer(Map<String, String> settings) {
        this.settings = settings;
    }

    static TransitionServer with(Map<String, String> settings) {
        return new TransitionServer(settings);
    }

    /** A workspace for the test that asks. */
    MovingWorkspace workspace() {
        try {
            return closedLater(new MovingWorkspace(server()));
        } catch (IOException silent) {
            throw new UncheckedIOException(silent);
        }
    }

    /** What makes its region's providers fail, and lets them work again in the end. */
    SimulatorControl control() {
        return closedLater(new SimulatorControl(server().runtime(), MovingWorkspace.REGION));
    }

    /** As if emptying a node had taken so long of late, whatever tests do. */
    void asIfEmptyingANodeTook(int seconds) {
        var jdbc = server().jdbc();
        jdbc.sql("delete from provisioner.operation_duration where type = 'TRANSITION_DRAIN'")
                .update();
        jdbc.sql("insert into provisioner.operation_duration (type, slot, seconds)"
                        + " select 'TRANSITION_DRAIN', slot, ? from generate_series(0, 199) slot")
                .param(seconds)
                .update();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = StandaloneServer.own(TIME_SCALE, settings);
    }

    /** What a test began last is closed first: no fault outlives its test. */
    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!begun.isEmpty()) {
            begun.pop().close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        server().close();
    }

    private StandaloneServer server() {
        return Objects.requireNonNull(server, "JUnit starts it before it makes the tests");
    }

    private <T extends AutoCloseable> T closedLater(T one) {
        begun.push(one);
        return one;
    }
}
