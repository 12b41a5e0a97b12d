package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Conditions;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Runs a job's pods until enough of them have succeeded. */
final class Jobs implements Runnable {
    private final Owners owners;

    Jobs(Owners owners) {
        this.owners = owners;
    }

    @Override
    public void run() {
        owners.store().list(Resource.JOBS).stream()
                .filter(j -> !Fields.terminating(j))
                .filter(j -> !text(Fields.condition(j, "Complete"), "status").equals("True"))
                .forEach(this::reconcile);
    }

    private void reconcile(ObjectNode job) {
        List<ObjectNode> pods = owners.owned(Resource.PODS, job);
        int succeeded = count(pods, "Succeeded");
        int failed = count(pods, "Failed");
        int active = owners.activePods(job).size();
        int completions = integer(job, 1, "spec", "completions");
        int wanted = Math.min(integer(job, 1, "spec", "parallelism"), completions - succeeded);
        for (int i = active; i < wanted; i++) {
            owners.create(Resource.PODS, Owners.podOf(job, ""), job);
        }
        owners.store().updateIfPresent(Resource.JOBS, ObjectKey.of(job), next -> {
            Instant now = Instant.now();
            ObjectNode status = child(next, "status");
            if (!status.has("startTime")) {
                status.put("startTime", Times.seconds(now));
            }
            status.put("active", Math.max(active, wanted))
                    .put("succeeded", succeeded)
                    .put("failed", failed);
            if (succeeded >= completions) {
                status.put("completionTime", Times.seconds(now)).put("active", 0);
                Conditions.set(next, "Complete", "True", "CompletionsReached", "", now);
            }
        });
    }

    private static int count(List<ObjectNode> pods, String phase) {
        return (int) pods.stream()
                .filter(p -> text(p, "status", "phase").equals(phase))
                .count();
    }
}
