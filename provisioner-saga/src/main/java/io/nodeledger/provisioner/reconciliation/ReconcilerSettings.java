package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.base.settings.SettingChecks;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the outside is compared with the nodes, {@code nodeledger.reconciler.*}.
 *
 * @param every pause between two passes over a region
 * @param confirmations passes in a row that must see a difference before anything is done about it
 * @param alwaysAllowed changes of one pass that are never too many
 * @param share changes of one pass that are not too many, as a part of the region's live nodes, from 0 to 1
 * @param acceptedFor how long an operator's acceptance of many changes waits for a pass
 */
@ConfigurationProperties("nodeledger.reconciler")
public record ReconcilerSettings(
        @DefaultValue("30s") Duration every,
        @DefaultValue("2") int confirmations,
        @DefaultValue("3") int alwaysAllowed,
        @DefaultValue("0.05") double share,
        @DefaultValue("15m") Duration acceptedFor) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public ReconcilerSettings {
        if (every.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "nodeledger.reconciler.every must be at least 1s, for example 30s, but is " + every);
        }
        if (confirmations < 1) {
            throw new IllegalArgumentException(
                    "nodeledger.reconciler.confirmations must be at least 1, better 2, but is " + confirmations);
        }
        if (alwaysAllowed < 0) {
            throw new IllegalArgumentException(
                    "nodeledger.reconciler.always-allowed must not be negative, but is " + alwaysAllowed);
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "nodeledger.reconciler.share must be between 0 and 1, for example 0.05, but is " + share);
        }
        new SettingChecks("nodeledger.reconciler").positive("accepted-for", acceptedFor, "for example 15m");
    }

    /** How many changes one pass may make in a region with that many live nodes. */
    int allowed(int liveNodes) {
        return Math.max(alwaysAllowed, (int) Math.floor(share * liveNodes));
    }
}
