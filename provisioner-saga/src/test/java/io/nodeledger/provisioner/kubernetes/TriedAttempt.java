package io.nodeledger.provisioner.kubernetes;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An attempt for tests, which began some time ago and keeps what is recorded. */
public final class TriedAttempt implements Attempt {
    private final Instant startedAt;
    private final List<Outcome> recorded = new ArrayList<>();

    public TriedAttempt(Duration age) {
        startedAt = Instant.now().minus(age);
    }

    public List<Outcome> recorded() {
        return recorded;
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void record(Outcome progress) {
        recorded.add(progress);
    }

    @Override
    public void assertLease() {}
}
