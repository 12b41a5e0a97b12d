package io.nodeledger.base.web;

/**
 * An answer can't be brought to its end after its status is out already. The connection is closed, so that nobody takes what
 * has come for all of it.
 */
public final class AnswerBroken extends RuntimeException {
    public AnswerBroken(Throwable cause) {
        super("The answer broke off", cause);
    }
}
