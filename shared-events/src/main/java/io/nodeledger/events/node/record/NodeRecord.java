package io.nodeledger.events.node.record;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.node.Thresholds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node as the log tells it.
 *
 * @param origin what was agreed when it was asked for; of this only labels and taints can change
 * @param state what has become of it since
 * @param thresholds what it sets itself; null until it has set any
 */
public record NodeRecord(
        Origin origin, State state, @Nullable Thresholds thresholds) {

    /** What was agreed at the start, with the labels and taints that are wished for by now. */
    public record Origin(
            String id,
            String workspaceId,
            String name,
            String provider,
            String region,
            PlanTerms terms,
            Map<String, String> labels,
            List<Taint> taints,
            Instant createdAt) {}

    /**
     * What changes over a node's life.
     *
     * @param reason why it is in error, or why a person has to look
     * @param updatedAt time of its last lifecycle event
     * @param version sequence of the last event that changed what is shown here; what the ETag stands for
     */
    public record State(
            NodeStatus status,
            @Nullable StatusReason reason,
            KubernetesState kubernetes,
            @Nullable String privateAddress,
            @Nullable String publicAddress,
            Instant updatedAt,
            @Nullable Instant deletedAt,
            long version) {

        State in(NodeStatus next) {
            return new State(next, reason, kubernetes, privateAddress, publicAddress, updatedAt, deletedAt, version);
        }

        State because(@Nullable StatusReason next) {
            return new State(status, next, kubernetes, privateAddress, publicAddress, updatedAt, deletedAt, version);
        }

        State with(KubernetesState next) {
            return new State(status, reason, next, privateAddress, publicAddress, updatedAt, deletedAt, version);
        }

        State addressed(@Nullable String nextPrivate, @Nullable String nextPublic) {
            return new State(status, reason, kubernetes, nextPrivate, nextPublic, updatedAt, deletedAt, version);
        }

        State deleted(Instant at) {
            return new State(status, reason, kubernetes, privateAddress, publicAddress, updatedAt, at, version);
        }

        State version(long sequence) {
            return new State(status, reason, kubernetes, privateAddress, publicAddress, updatedAt, deletedAt, sequence);
        }

        State at(Instant time, long sequence) {
            return new State(status, reason, kubernetes, privateAddress, publicAddress, time, deletedAt, sequence);
        }
    }

    /**
     * The documented or provider's code of a failure, and what it means here.
     *
     * @param attention what a person has to look at; null when nobody has to
     */
    public record StatusReason(
            String code, String message, @Nullable Attention attention) {
        /** A reason that nobody has to look at. */
        public StatusReason(String code, String message) {
            this(code, message, null);
        }
    }

    /** The operation that nobody but a person can go on from, the step at which it ended, and when. */
    public record Attention(String operationId, String step, Instant since) {}

    /** Whether anything of it can be up; what is still said of the others is about a machine that is off or gone. */
    public boolean mayRun() {
        StatusReason reason = state.reason();
        return switch (state.status()) {
            case PROVISIONING, STOPPED, DELETED -> false;
            case ERROR ->
                state.kubernetes().capacity() != null
                        && (reason == null || !reason.code().equals("MACHINE_VANISHED"));
            default -> true;
        };
    }

    NodeRecord marked(Map<String, String> labels, List<Taint> taints) {
        return new NodeRecord(
                new Origin(
                        origin.id(),
                        origin.workspaceId(),
                        origin.name(),
                        origin.provider(),
                        origin.region(),
                        origin.terms(),
                        labels,
                        taints,
                        origin.createdAt()),
                state,
                thresholds);
    }

    NodeRecord with(State next) {
        return new NodeRecord(origin, next, thresholds);
    }

    NodeRecord with(Thresholds next) {
        return new NodeRecord(origin, state, next);
    }
}
