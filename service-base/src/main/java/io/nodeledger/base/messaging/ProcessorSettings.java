package io.nodeledger.base.messaging;

/**
 * One streaming processor of a module. Declared as a bean it is registered, see {@link StreamingProcessors}.
 *
 * @param name the processing group's name
 * @param schema the module's schema, in whose {@code token_entry} its tokens are kept
 * @param segments parts that work in parallel, each keeping the order within an aggregate
 * @param batch events per transaction at most
 */
public record ProcessorSettings(String name, String schema, int segments, int batch) {

    private static final int BATCH = 500;

    public ProcessorSettings {
        if (segments < 1 || batch < 1) {
            throw new IllegalArgumentException("Processor " + name + " needs at least one segment and a batch of one");
        }
    }

    /** One segment and batches of 500: right for a projection that folds a batch. */
    public static ProcessorSettings of(String name, String schema) {
        return new ProcessorSettings(name, schema, 1, BATCH);
    }

    /** The same with another number of segments; it counts only before the processor's first start. */
    public ProcessorSettings withSegments(int count) {
        return new ProcessorSettings(name, schema, count, batch);
    }

    /** The same with another batch size. */
    public ProcessorSettings withBatch(int size) {
        return new ProcessorSettings(name, schema, segments, size);
    }
}
