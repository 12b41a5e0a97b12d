package io.nodeledger.webhook.secret;

import io.nodeledger.base.background.RepeatedTask;
import io.nodeledger.webhook.secret.Secrets.Unreadable;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Whether the keys open the secrets that sign: looked at before the first request is taken, and now and then. Never prevents a
 * start, for without the API no other secret can be had.
 */
public final class SecretsHealth implements HealthIndicator, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SecretsHealth.class);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Secrets secrets;
    private final Clock clock;
    private final RepeatedTask looks = new RepeatedTask("look at webhooks' secrets", EVERY, this::look);
    private volatile @Nullable Unreadable found;

    /** Health of those secrets. */
    public SecretsHealth(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Looks at all secrets that sign. */
    public synchronized void look() {
        int before = endpoints();
        found = secrets.unreadable(clock.instant());
        if (endpoints() != before) {
            problem().ifPresentOrElse(LOG::error, () -> LOG.info("The secrets of all webhooks can be decrypted again"));
        }
    }

    /** For how many endpoints nothing can be signed. */
    public int endpoints() {
        var last = found;
        return last == null ? 0 : last.endpoints();
    }

    /** What is wrong, for people. */
    public Optional<String> problem() {
        var last = found;
        return last == null || last.endpoints() == 0
                ? Optional.empty()
                : Optional.of("No key of nodeledger.webhooks.encryption-keys opens the secrets of " + last.endpoints()
                        + " webhooks, for example of " + last.some()
                        + ", and they are sent nothing: put back the key that was there before, or rotate their secrets"
                        + " with grace_seconds 0");
    }

    @Override
    public Health health() {
        if (found == null) {
            return Health.unknown().build();
        }
        return problem()
                .map(problem -> Health.down().withDetail("problem", problem))
                .orElseGet(Health::up)
                .build();
    }

    @Override
    public void start() {
        look();
        looks.start();
    }

    @Override
    public void stop() {
        looks.stop();
    }

    @Override
    public boolean isRunning() {
        return looks.isRunning();
    }

    /** Before requests are taken and anything is sent. */
    @Override
    public int getPhase() {
        return 0;
    }
}
