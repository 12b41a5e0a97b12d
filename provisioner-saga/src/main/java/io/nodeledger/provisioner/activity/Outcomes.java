package io.nodeledger.provisioner.activity;

import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Records what came of steps on their nodes, under the cause that made the step due. */
final class Outcomes {
    private static final String COMMAND = "RecordOutcome";

    private final CommandGateway commands;
    private final StepMeters meters;
    private final Tracing tracing;
    private final InstantSource clock;

    Outcomes(CommandGateway commands, StepMeters meters, Tracing tracing, InstantSource clock) {
        this.commands = commands;
        this.meters = meters;
        this.tracing = tracing;
        this.clock = clock;
    }

    OutcomeAnswer record(StepTask task, String workspaceId, Outcome outcome) {
        var command = new RecordOutcome(
                task.nodeId(),
                workspaceId,
                task.operationId(),
                task.step(),
                task.round(),
                task.attempt(),
                outcome,
                task.startedAt(),
                clock.instant());
        var cause = new LinkedHashMap<>(task.cause());
        cause.put(Cause.COMMAND, COMMAND);
        OutcomeAnswer answer = commands.sendAndWait(
                GenericCommandMessage.asCommandMessage(command).withMetaData(cause));
        if (answer == OutcomeAnswer.RECORDED) {
            meters.recorded(task, outcome, command.at());
            trace(outcome);
        }
        return answer;
    }

    private void trace(Outcome outcome) {
        switch (outcome) {
            case Outcome.Failed(String code, String reason) -> tracing.failed(code + ": " + reason);
            case Outcome.Stuck(String code, String reason) -> tracing.failed(code + ": " + reason);
            default -> {}
        }
    }
}
