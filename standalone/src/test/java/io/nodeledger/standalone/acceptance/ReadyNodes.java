package io.nodeledger.standalone.acceptance;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps a few nodes being provisioned, so that a test seldom waits for its own. */
final class ReadyNodes {
    private static final int AHEAD = 3;
    private static final Deque<String> WAITING = new ArrayDeque<>();

    private ReadyNodes() {}

    /** A running node that nobody else uses, in the workspace of {@link OwnedNodes#ofSharedServer}. */
    static String take(OwnedNodes nodes) throws IOException {
        synchronized (WAITING) {
            while (WAITING.size() <= AHEAD) {
                WAITING.add(nodes.provision());
            }
        }
        String id;
        synchronized (WAITING) {
            id = WAITING.removeFirst();
        }
        return nodes.running(id);
    }
}
