package io.nodeledger.command.transition;

import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Field;
import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.MigrationStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a request to give dedicated nodes up says (source: contract, "Transition to Shared Plan"). */
final class SharedBody {
    private final JsonFields body;
    private final Field<MigrationStrategy> strategy;
    private final Field<WindowBody> window;
    private final Field<Boolean> backup;

    private SharedBody(JsonFields body) {
        this.body = body;
        this.strategy = body.optional("migration_strategy", JsonValues.word(Strategies.WORDS));
        this.window = body.optional(WindowBody.NAME, WindowBody.VALUE);
        this.backup = body.optional("backup_before_migration", JsonValues.bool());
    }

    static SharedBody of(JsonFields body) {
        return new SharedBody(body);
    }

    /** A wish. {@code window} is absent for one that begins at once and takes as long as it takes. */
    record Wish(MigrationStrategy strategy, @Nullable MaintenanceWindow window, boolean backup) {}

    /**
     * The wish.
     *
     * @throws ApiException 400 naming every bad field, among them a window that is over
     */
    Wish wish(Instant now) {
        WindowBody given = window.orNull();
        MaintenanceWindow wished =
                given == null ? null : given.window(body.violations(), now).orElse(null);
        body.finish();
        return new Wish(strategy.orElse(MigrationStrategy.ROLLING), wished, backup.orElse(false));
    }
}
