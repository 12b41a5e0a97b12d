package io.nodeledger.base.dispatch;

/** A command ended with an exception: a bug or broken infrastructure, never a business no. */
public final class CommandFailed extends RuntimeException {
    CommandFailed(Throwable cause) {
        super("a command failed", cause);
    }
}
