package io.nodeledger.standalone;

import org.jspecify.annotations.Nullable;

/** Something in the way that a person can remove. The message is one sentence that says what it is and what to do. */
public final class Obstacle extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Obstacle(String sentence) {
        super(sentence);
    }

    public Obstacle(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
