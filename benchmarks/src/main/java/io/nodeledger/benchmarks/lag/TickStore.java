package io.nodeledger.benchmarks.lag;

import io.nodeledger.testing.TestDatabase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An event store with at most one reader. */
interface TickStore extends AutoCloseable {

    /** Appends and commits one event. */
    void append(Tick tick);

    @Override
    void close();

    /** The two sides of the comparison. */
    enum Kind {
        STOCK,
        OURS;

        /**
         * Opens the store on a database.
         *
         * @param reader is handed each event, or null when this process only writes
         */
        TickStore open(TestDatabase database, @Nullable Consumer<Tick> reader) {
            return switch (this) {
                case STOCK -> new StockTickStore(database, reader);
                case OURS -> new OurTickStore(database, reader);
            };
        }
    }
}
