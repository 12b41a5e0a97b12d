package io.nodeledger.command.transition;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.record.TransitionRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The answer to a change of a transition.
 *
 * @param rollingBack whether what was done is being undone
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChangedTransition(
        String transitionId,
        String status,
        boolean rollingBack,
        @Nullable MaintenanceWindow maintenanceWindow) {
    static ChangedTransition of(TransitionRecord transition) {
        return new ChangedTransition(
                transition.id(), transition.status().word(), transition.failure() != null, transition.window());
    }
}
