package io.nodeledger.provisioner.observation;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether it is this instance's turn to observe a region. {@link ClusterObserver} takes and keeps turns; whoever else
 * watches the same cluster goes along with it.
 */
public final class Turn {
    private final JdbcClient jdbc;
    private final String observer;

    /** @param observer this instance, unlike any other */
    public Turn(JdbcClient jdbc, String observer) {
        this.jdbc = jdbc;
        this.observer = observer;
    }

    String observer() {
        return observer;
    }

    /** Whether it is; within a transaction it stays so until that ends. */
    public boolean isMine(String region) {
        return jdbc.sql("""
                        select true from provisioner.observed_cluster
                         where region = ? and observer = ? and held_until > now()
                           for share""")
                .params(region, observer)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }
}
