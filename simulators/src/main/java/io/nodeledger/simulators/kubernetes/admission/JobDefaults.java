package io.nodeledger.simulators.kubernetes.admission;

import static io.nodeledger.simulators.kubernetes.admission.Defaults.absent;
import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.present;

import io.nodeledger.simulators.kubernetes.object.Fields;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of jobs, among them the selector that the server makes from the job's name. */
final class JobDefaults {
    private JobDefaults() {}

    static void apply(ObjectNode job) {
        ObjectNode spec = child(job, "spec");
        absent(spec, "parallelism", 1);
        absent(spec, "completions", 1);
        absent(spec, "backoffLimit", 6);
        absent(spec, "completionMode", "NonIndexed");
        if (!present(spec, "selector")) {
            child(spec, "selector", "matchLabels").put("batch.kubernetes.io/job-name", Fields.name(job));
            child(spec, "template", "metadata", "labels")
                    .put("batch.kubernetes.io/job-name", Fields.name(job))
                    .put("job-name", Fields.name(job));
        }
        absent(child(spec, "template", "spec"), "restartPolicy", "OnFailure");
        PodDefaults.template(job);
    }
}
