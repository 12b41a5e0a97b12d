package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which taints keep a pod away from a node (source: Kubernetes, "Taints and Tolerations"). */
public final class Taints {
    private static final String CONDITIONS = "node.kubernetes.io/";
    private static final Taint CORDONED = new TaintBuilder()
            .withKey(CONDITIONS + "unschedulable")
            .withEffect("NoSchedule")
            .build();

    private Taints() {}

    /** A lasting taint that the pod doesn't tolerate. Those of node conditions come and go and don't count. */
    public static Optional<Taint> against(PodSpec pod, Node node) {
        List<Taint> taints = node.getSpec() == null ? null : node.getSpec().getTaints();
        return Objects.requireNonNullElse(taints, List.<Taint>of()).stream()
                .filter(taint -> !taint.getKey().startsWith(CONDITIONS))
                .filter(taint -> !"PreferNoSchedule".equals(taint.getEffect()))
                .filter(taint -> !isTolerated(pod, taint))
                .findFirst();
    }

    static boolean ignoresCordon(PodSpec pod) {
        return isTolerated(pod, CORDONED);
    }

    private static boolean isTolerated(PodSpec pod, Taint taint) {
        return Objects.requireNonNullElse(pod.getTolerations(), List.<Toleration>of()).stream()
                .anyMatch(toleration -> tolerates(toleration, taint));
    }

    private static boolean tolerates(Toleration toleration, Taint taint) {
        if (isSet(toleration.getEffect()) && !toleration.getEffect().equals(taint.getEffect())) {
            return false;
        }
        boolean exists = "Exists".equals(toleration.getOperator());
        if (!isSet(toleration.getKey())) {
            return exists;
        }
        return toleration.getKey().equals(taint.getKey())
                && (exists || orEmpty(toleration.getValue()).equals(orEmpty(taint.getValue())));
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
