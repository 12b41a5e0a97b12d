package io.nodeledger.provisioner.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.activity.StepResult;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the failures of calls to an API server into what the step should do next. */
public final class ClusterFaults {
    /** Error code of an operation that a provider will never do for us. */
    public static final String REFUSED = "PROVIDER_REFUSED";

    private static final Set<Integer> REFUSALS = Set.of(400, 403, 405, 415, 422);

    private ClusterFaults() {}

    /** Calls to a cluster that end in a step's result. */
    @FunctionalInterface
    public interface Calls {
        StepResult make(KubernetesRegion region) throws InterruptedException;
    }

    /** The result of the calls, or of the failure that ended them. */
    public static StepResult answer(KubernetesRegion region, Calls calls) throws InterruptedException {
        try {
            return region.<StepResult, InterruptedException>call(() -> calls.make(region));
        } catch (KubernetesClientException failure) {
            if (Thread.interrupted()) {
                var stopped = new InterruptedException("The instance shuts down");
                stopped.initCause(failure);
                throw stopped;
            }
            return classify(failure);
        }
    }

    /**
     * Passing troubles are tried again; what the API server refuses as wrong or forbidden is permanent. Credentials that
     * it does not accept have been rotated: the next attempt reads the kubeconfig anew.
     */
    static StepResult classify(KubernetesClientException failure) {
        return switch (failure.getCode()) {
            case 401 ->
                StepResult.retry("Kubernetes does not accept the kubeconfig's credentials; it is read again: "
                        + reason(failure));
            default ->
                isRefusal(failure)
                        ? StepResult.failed(REFUSED, "Kubernetes refused: " + reason(failure))
                        : StepResult.retry("Kubernetes: " + reason(failure));
        };
    }

    /** Whether the API server has refused it as wrong or forbidden, so that asking again never helps. */
    public static boolean isRefusal(KubernetesClientException failure) {
        return REFUSALS.contains(failure.getCode());
    }

    /** One line that says what the API server, or the connection to it, complained about. */
    public static String reason(KubernetesClientException failure) {
        var status = failure.getStatus();
        if (status != null && status.getMessage() != null) {
            return Stream.concat(Stream.of(status.getMessage()), causes(status)).collect(Collectors.joining(" "));
        }
        var cause = failure.getCause();
        return String.valueOf(failure.getCode() <= 0 && cause != null ? cause.getMessage() : failure.getMessage());
    }

    private static Stream<String> causes(Status status) {
        var details = status.getDetails();
        return details == null || details.getCauses() == null
                ? Stream.empty()
                : details.getCauses().stream().map(StatusCause::getMessage).filter(Objects::nonNull);
    }
}
