package io.nodeledger.provisioner.activity;

import io.nodeledger.base.aggregate.Aggregates;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.node.Node;
import io.nodeledger.model.node.OutcomeRecorder;
import io.nodeledger.model.workspace.Workspace;
import io.nodeledger.provisioner.operation.OperationConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.modelling.command.Repository;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The real sagas and activities on a real PostgreSQL, with providers that follow a test's script. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Aggregates({Workspace.class, Node.class})
@Import({OperationConfiguration.class, ActivityConfiguration.class})
class ScriptedProvisioner {
    /** The steps, to be scripted. */
    record Script(Map<Step, ScriptedStep> steps) {
        ScriptedStep step(Step step) {
            ScriptedStep scripted = steps.get(step);
            if (scripted == null) {
                throw new IllegalArgumentException(step + " is not scripted");
            }
            return scripted;
        }
    }

    @Bean
    OutcomeRecorder outcomeRecorder(Repository<Node> nodes, Repository<Workspace> workspaces) {
        return new OutcomeRecorder(nodes, workspaces);
    }

    @Bean
    Script script() {
        return new Script(Arrays.stream(Step.values())
                .filter(step -> step != Step.RELEASE)
                .map(ScriptedStep::new)
                .collect(Collectors.toMap(ScriptedStep::step, Function.identity())));
    }

    @Bean
    EnsureSteps scriptedSteps(Script script) {
        return new EnsureSteps(List.copyOf(script.steps().values()));
    }
}
