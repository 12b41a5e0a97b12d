package io.nodeledger.events.workspace;

import io.nodeledger.events.refusal.Refusal;

/** How a workspace took a command of the platform operator. */
public sealed interface WorkspaceAnswer {
    /** The workspace did not exist and does now. {@code sequence} is the position in its stream. */
    record Created(long sequence) implements WorkspaceAnswer {}

    /** The workspace is as the command wished. {@code sequence} is the position in its stream. */
    record Updated(long sequence) implements WorkspaceAnswer {}

    /** It can't be done. */
    record Refused(Refusal refusal) implements WorkspaceAnswer {}
}
