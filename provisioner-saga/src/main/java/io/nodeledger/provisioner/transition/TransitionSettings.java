package io.nodeledger.provisioner.transition;

import io.nodeledger.base.settings.SettingChecks;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How transitions are worked on, {@code nodeledger.transition.*}.
 *
 * @param pollingInterval pause between two looks at which transitions are due
 * @param patience how long a transition may get no further before it is undone, or a person is asked where it can't be
 * @param providerPatience the same while machines are made or backed up, which takes as long as they are large
 * @param windowWait how long a transition waits for another window before it is undone
 * @param drainTimeout how long moving away may take what is left on a node that is deleted
 */
@ConfigurationProperties("nodeledger.transition")
public record TransitionSettings(
        @DefaultValue("250ms") Duration pollingInterval,
        @DefaultValue("30m") Duration patience,
        @DefaultValue("4h") Duration providerPatience,
        @DefaultValue("7d") Duration windowWait,
        @DefaultValue("10m") Duration drainTimeout) {
    public TransitionSettings {
        var checks = new SettingChecks("nodeledger.transition");
        checks.positive("polling-interval", pollingInterval, "for example 250ms");
        checks.positive("patience", patience, "for example 30m");
        checks.positive("provider-patience", providerPatience, "for example 4h");
        checks.positive("window-wait", windowWait, "for example 7d");
        checks.positive("drain-timeout", drainTimeout, "for example 10m");
    }

    /** How long the transition may get no further there. Workloads may already move while other machines are made. */
    Duration patienceAt(TransitionStage stage, TransitionRecord transition) {
        return switch (stage) {
            case PROVISION, BACK_UP -> providerPatience;
            case MIGRATE -> transition.all(Progress.READY) ? patience : providerPatience;
            default -> patience;
        };
    }
}
