package io.nodeledger.simulators.port;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/** A server on the port of its last run, kept in a file, so that clients that know it needn't look again. */
public final class RememberedPort {
    private static final int PATIENCE_SECONDS = 20;

    private RememberedPort() {}

    /**
     * Listens on the wanted port; with 0 on that of the last run, or on any when it is taken.
     *
     * @throws IOException when the wanted port is taken or the file cannot be used
     */
    public static <S> S listen(Path memory, int wanted, IntFunction<Future<S>> start, ToIntFunction<S> port)
            throws IOException {
        int last =
                Files.exists(memory) ? Integer.parseInt(Files.readString(memory).strip()) : 0;
        S server;
        try {
            server = await(start.apply(wanted == 0 ? last : wanted));
        } catch (CompletionException refused) {
            if (wanted != 0 || last == 0) {
                throw new IOException("Port " + wanted + " cannot be used", refused);
            }
            server = await(start.apply(0));
        }
        Files.writeString(memory, Integer.toString(port.applyAsInt(server)));
        return server;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
