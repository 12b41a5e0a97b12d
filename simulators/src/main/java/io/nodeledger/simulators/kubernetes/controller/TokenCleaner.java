package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** Deletes bootstrap tokens that have expired. */
final class TokenCleaner implements Runnable {
    private final ObjectStore store;

    TokenCleaner(ObjectStore store) {
        this.store = store;
    }

    @Override
    public void run() {
        Instant now = Instant.now();
        for (ObjectNode secret : store.list(Resource.SECRETS)) {
            if (text(secret, "type").equals("bootstrap.kubernetes.io/token")
                    && Fields.namespace(secret).equals("kube-system")
                    && expired(text(secret, "data", "expiration"), now)) {
                store.remove(Resource.SECRETS, ObjectKey.of(secret));
            }
        }
    }

    private static boolean expired(String encoded, Instant now) {
        try {
            return Times.parse(new String(Base64.getDecoder().decode(encoded), UTF_8))
                    .map(expiration -> expiration.isBefore(now))
                    .orElse(false);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
