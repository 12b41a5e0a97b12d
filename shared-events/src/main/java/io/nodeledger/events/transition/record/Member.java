package io.nodeledger.events.transition.record;

import io.nodeledger.events.transition.TransitionNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A node in a transition.
 *
 * @param node what it is; not known before it was reserved
 * @param upid the backup that is under way or was
 * @param volumeId its backup
 * @param bytes the backup's size
 */
public record Member(
        String nodeId,
        @Nullable TransitionNode node,
        Progress progress,
        @Nullable String upid,
        @Nullable String volumeId,
        long bytes) {
    /** How far it has come; of two, the later one comes after. */
    public enum Progress {
        WAITING,
        PROVISIONING,
        READY,
        BACKED_UP,
        DRAINED,
        REMOVED;

        /** Its word in the API. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Member waiting(String nodeId) {
        return new Member(nodeId, null, Progress.WAITING, null, null, 0);
    }

    static Member of(TransitionNode node, Progress progress) {
        return new Member(node.nodeId(), node, progress, null, null, 0);
    }

    /** Whether it has come as far. */
    public boolean is(Progress wanted) {
        return progress.compareTo(wanted) >= 0;
    }

    Member at(Progress next) {
        return new Member(nodeId, node, next, upid, volumeId, bytes);
    }

    Member beingBackedUp(String task) {
        return new Member(nodeId, node, progress, task, volumeId, bytes);
    }

    Member backedUp(String volume, long size) {
        return new Member(nodeId, node, Progress.BACKED_UP, upid, volume, size);
    }

    /** Once more: what was backed up before a pause has changed since. */
    Member backupOutdated() {
        return progress == Progress.BACKED_UP || (upid != null && progress == Progress.READY)
                ? new Member(nodeId, node, Progress.READY, null, volumeId, bytes)
                : this;
    }
}
