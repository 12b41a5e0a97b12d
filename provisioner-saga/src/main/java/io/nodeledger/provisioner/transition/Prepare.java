package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.kubernetes.migration.MoveRequest;
import io.nodeledger.provisioner.kubernetes.migration.MoveRound;
import io.nodeledger.provisioner.kubernetes.migration.Survey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out what there is to move, and whether it can be, before anything is touched. */
final class Prepare implements StageWork {
    private final Clusters clusters;

    Prepare(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public Set<TransitionStage> stages() {
        return Set.of(TransitionStage.PREPARE);
    }

    @Override
    public Duration round(TransitionRecord transition, Turn turn) throws InterruptedException {
        Map<String, List<String>> directed = new LinkedHashMap<>();
        Map<String, Integer> unwell = new LinkedHashMap<>();
        var unmanaged = new ArrayList<String>();
        var obstacles = new ArrayList<String>();
        for (String region : clusters.regions(transition)) {
            var moves = clusters.in(region);
            List<String> namespaces = clusters.namespaces(transition, region);
            Survey survey = moves.survey(namespaces);
            survey.unwell().forEach((workload, ready) -> unwell.put(WorkloadKeys.key(region, workload), ready));
            directed.put(region, survey.directed().stream().sorted().toList());
            survey.barePods().forEach(pod -> unmanaged.add(pod.pod()));
            obstacles.addAll(moves.obstacles(request(transition, region, namespaces, survey)));
        }
        turn.record(
                obstacles.isEmpty()
                        ? new TransitionOutcome.Prepared(directed, unwell, unmanaged)
                        : new TransitionOutcome.Failed(MoveRound.BLOCKED, String.join("; ", obstacles)));
        return ON;
    }

    private MoveRequest request(TransitionRecord transition, String region, List<String> namespaces, Survey survey) {
        var pace = Paces.forward(transition.plan());
        if (!transition.toDedicated()) {
            return MoveRequest.toShared(
                    namespaces, Clusters.names(transition, region, _ -> true), pace, survey.unwell());
        }
        var request = MoveRequest.toDedicated(namespaces, clusters.dedicated(transition), pace, survey.unwell());
        return transition.all(Progress.READY) ? request : request.whileNodesAreMade();
    }
}
