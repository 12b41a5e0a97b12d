package io.nodeledger.provisioner.kubernetes.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EvictionAnswerTest {
    @Test
    void aPodThatIsGoneCountsAsEvicted() {
        assertThat(EvictionAnswer.of(failure(404, "not found"))).isInstanceOf(EvictionAnswer.Granted.class);
    }

    @Test
    void aBudgetHoldsThePodBack() {
        assertThat(EvictionAnswer.of(failure(429, "would violate the pod's disruption budget")))
                .isInstanceOf(EvictionAnswer.HeldBack.class);
    }

    @Test
    void twoBudgetsCanNeverBeSatisfied() {
        var twoBudgets = failure(
                500,
                "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        assertThat(EvictionAnswer.of(twoBudgets)).isInstanceOf(EvictionAnswer.Impossible.class);
    }

    @Test
    void aNamespaceThatIsBeingDeletedIsWaitedFor() {
        var ending = new StatusBuilder()
                .withMessage("forbidden")
                .withNewDetails()
                .addNewCause(null, "namespace is being terminated", "NamespaceTerminating")
                .endDetails()
                .build();
        assertThat(EvictionAnswer.of(new KubernetesClientException("forbidden", 403, ending)))
                .isInstanceOf(EvictionAnswer.HeldBack.class);
    }

    @Test
    void missingRightsArePermanent() {
        assertThat(EvictionAnswer.of(failure(403, "forbidden"))).isInstanceOf(EvictionAnswer.Refused.class);
    }

    @Test
    void aServerInTroubleIsAskedAgain() {
        assertThat(EvictionAnswer.of(failure(503, "overloaded"))).isInstanceOf(EvictionAnswer.Unanswered.class);
        assertThat(EvictionAnswer.of(new KubernetesClientException("evict", new IOException("connection reset"))))
                .isEqualTo(new EvictionAnswer.Unanswered("connection reset"));
    }

    private static KubernetesClientException failure(int code, String message) {
        return new KubernetesClientException(
                message, code, new StatusBuilder().withMessage(message).build());
    }
}
