package io.nodeledger.resilience.schedule;

import java.util.Locale;

/** What a workspace's move comes to when nothing crashes. */
public enum Course {
    /** To nodes of its own. */
    THERE("completed"),
    /** And away from them, with backups. */
    BACK("completed"),
    /** To nodes of its own, the second of which can never be made. */
    THERE_FAILING("failed"),
    /** To nodes of its own, called off when some of its pods have moved. */
    THERE_CANCELLED("cancelled"),
    /** Away from them, called off when some of its pods have moved. */
    BACK_CANCELLED("cancelled");

    private final String end;

    Course(String end) {
        this.end = end;
    }

    /** How its transition ends. */
    String end() {
        return end;
    }

    /** Whether it begins on dedicated nodes. */
    boolean beginsOnDedicated() {
        return this == BACK || this == BACK_CANCELLED;
    }

    /** Whether it ends there. */
    boolean endsOnDedicated() {
        return this == THERE || this == BACK_CANCELLED;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
