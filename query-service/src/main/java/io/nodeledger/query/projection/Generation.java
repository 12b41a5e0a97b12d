package io.nodeledger.query.projection;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a read model's tables.
 *
 * @param switchedAt when readers came to it, or left it when it is retired
 */
public record Generation(
        String readModel,
        int number,
        State state,
        Instant startedAt,
        @Nullable Instant switchedAt) {

    /** A generation is built, then read, then dropped. */
    public enum State {
        BUILDING,
        ACTIVE,
        RETIRED;

        /** The state's word in the table and in status reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Name of the processor that fills it, also of its tokens. */
    public String processorName() {
        return processorName(readModel, number);
    }

    static String processorName(String readModel, int number) {
        return "query." + readModel + ".g" + number;
    }

    boolean isOf(ReadModel model) {
        return readModel.equals(model.name());
    }

    boolean isFilled() {
        return state != State.RETIRED;
    }
}
