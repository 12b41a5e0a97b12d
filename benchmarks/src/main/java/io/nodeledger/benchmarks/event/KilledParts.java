package io.nodeledger.benchmarks.event;

import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** A broker and two services, each of which can be killed and comes back. */
final class KilledParts implements AutoCloseable {
    private static final int SERVICES = 2;

    private final DataFolder folder;
    private final TestDatabase database;
    private final List<KilledJvm> services = new ArrayList<>();
    private KilledJvm broker;

    KilledParts(DataFolder folder, TestDatabase database) throws IOException {
        this.folder = folder;
        this.database = database;
        this.broker = KilledJvm.broker(folder.kafka());
        for (int service = 0; service < SERVICES; service++) {
            services.add(service());
        }
    }

    String bootstrapServers() {
        return broker.address();
    }

    String url() {
        return "http://localhost:" + services.getFirst().address();
    }

    /** Kills one after the other, at random, until all is over; then everything is there again. */
    void killUntil(AtomicBoolean over, Random random, int shortest, int longest) {
        try {
            while (!over.get()) {
                Thread.sleep(random.nextInt(shortest, longest));
                int victim = random.nextInt(SERVICES + 1);
                if (victim == SERVICES) {
                    broker.kill();
                    Thread.sleep(random.nextInt(shortest));
                    broker = KilledJvm.broker(folder.kafka());
                } else {
                    services.get(victim).kill();
                    services.set(victim, service());
                }
            }
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private KilledJvm service() throws IOException {
        return KilledJvm.service(TellingAlone.arguments(folder, database, broker.address()));
    }

    @Override
    public void close() {
        services.forEach(KilledJvm::close);
        broker.close();
    }
}
