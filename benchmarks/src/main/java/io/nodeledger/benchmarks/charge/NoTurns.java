package io.nodeledger.benchmarks.charge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.springframework.jdbc.core.simple.JdbcClient;

/** While this is so, no instance's turn to charge keeps another one from it. */
final class NoTurns implements AutoCloseable {
    private final JdbcClient jdbc;
    private final CompletableFuture<Void> ending;
    private volatile boolean over;

    NoTurns(JdbcClient jdbc, ExecutorService threads) {
        this.jdbc = jdbc;
        this.ending = CompletableFuture.runAsync(this::endTurns, threads);
    }

    private void endTurns() {
        while (!over) {
            jdbc.sql("update provisioner.region_turn set held_until = now() - interval '1 s' where duty = 'charging'")
                    .update();
        }
    }

    @Override
    public void close() {
        over = true;
        ending.join();
    }
}
