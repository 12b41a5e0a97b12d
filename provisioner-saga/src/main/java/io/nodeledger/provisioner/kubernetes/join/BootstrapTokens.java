package io.nodeledger.provisioner.kubernetes.join;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The bootstrap tokens of the platform's nodes: one each, short-lived, removed after the join. */
public final class BootstrapTokens {
    static final String NAMESPACE = "kube-system";
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration WORTH_REUSING = Duration.ofMinutes(15);

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    public BootstrapTokens(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The node's token: the one it has while that is valid for long enough, else a new one.
     *
     * @param beforeCreation checked right before a new one is made
     */
    BootstrapToken ensure(KubernetesClient client, String nodeId, Runnable beforeCreation) {
        return valid(client, nodeId).orElseGet(() -> {
            var token = BootstrapToken.random(random, clock.instant().plus(LIFETIME));
            beforeCreation.run();
            client.resource(token.asSecret(nodeId)).create();
            return token;
        });
    }

    /**
     * Removes whatever tokens the node has.
     *
     * @param beforeEach checked right before each call that changes something
     */
    public void remove(KubernetesClient client, String nodeId, Runnable beforeEach) {
        for (var secret : secrets(client, nodeId)) {
            beforeEach.run();
            client.secrets()
                    .inNamespace(NAMESPACE)
                    .withName(secret.getMetadata().getName())
                    .delete();
        }
    }

    /** Whether the node still has a token, valid or not. */
    public boolean exist(KubernetesClient client, String nodeId) {
        return !secrets(client, nodeId).isEmpty();
    }

    private Optional<BootstrapToken> valid(KubernetesClient client, String nodeId) {
        var soonest = clock.instant().plus(WORTH_REUSING);
        return secrets(client, nodeId).stream()
                .map(BootstrapToken::from)
                .flatMap(Optional::stream)
                .filter(token -> !token.expiresAt().isBefore(soonest))
                .findFirst();
    }

    private static List<Secret> secrets(KubernetesClient client, String nodeId) {
        return client.secrets()
                .inNamespace(NAMESPACE)
                .withLabel(NodeContract.NODE_ID_LABEL, nodeId)
                .list()
                .getItems();
    }
}
