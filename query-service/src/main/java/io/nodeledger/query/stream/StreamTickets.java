package io.nodeledger.query.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes tickets, and takes each of them back once, on whichever instance it is shown. */
final class StreamTickets {
    private static final int RANDOM_BYTES = 32;

    private final JdbcClient jdbc;
    private final StreamSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    StreamTickets(JdbcClient jdbc, StreamSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** A ticket that opens one stream of one workspace. */
    record Ticket(String ticket, Instant expiresAt) {}

    Ticket issue(String workspaceId, String callerId) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant expiresAt = clock.instant().plus(settings.ticketValidity()).truncatedTo(ChronoUnit.SECONDS);
        jdbc.sql("""
                        WITH expired AS (DELETE FROM query.stream_ticket WHERE expires_at < now() - interval '1 minute')
                        INSERT INTO query.stream_ticket (hash, workspace_id, caller_id, expires_at) VALUES (?, ?, ?, ?)""")
                .params(hash(ticket), workspaceId, callerId, expiresAt.atOffset(ZoneOffset.UTC))
                .update();
        return new Ticket(ticket, expiresAt);
    }

    /** Whom the ticket was made for, if it opens a stream of this workspace; it does so no second time. */
    Optional<String> use(String ticket, String workspaceId) {
        return jdbc.sql("""
                        DELETE FROM query.stream_ticket WHERE hash = ? AND workspace_id = ? AND expires_at > ?
                        RETURNING caller_id""")
                .params(hash(ticket), workspaceId, clock.instant().atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional();
    }

    private static byte[] hash(String ticket) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
