package io.nodeledger.webhook.delivery;

import io.nodeledger.webhook.address.GuardedResolver;
import io.nodeledger.webhook.address.TargetRules;
import io.nodeledger.webhook.secret.WebhookSecret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts: one POST each, to an address that was judged, without redirects, ended after the time-out whatever the other
 * side does, and reading no more of the answer than is kept.
 */
final class Sender implements AutoCloseable {
    /** More than anybody is waited for. */
    private static final Duration FOR_LONG = Duration.ofDays(365);

    private static final Duration KEPT_OPEN = Duration.ofMinutes(1);

    private final CloseableHttpClient http;
    private final TargetRules rules;
    private final Duration timeout;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("webhook-deadlines").daemon().factory());

    Sender(TargetRules rules, DeliverySettings settings, Clock clock) {
        this.rules = rules;
        this.timeout = settings.timeout();
        this.clock = clock;
        // A deadline that was met must not keep its request, with all that was sent, until it would have passed.
        deadlines.setRemoveOnCancelPolicy(true);
        var patience = Timeout.of(timeout);
        int connectionsAtMost = Dispatcher.MOST_SERVED * settings.inFlight();
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedResolver(rules))
                .setMaxConnPerRoute(connectionsAtMost)
                .setMaxConnTotal(connectionsAtMost)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(patience)
                        .setSocketTimeout(patience)
                        .setTimeToLive(Timeout.of(KEPT_OPEN))
                        .build())
                .build();
        this.http = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(patience)
                        .setConnectionRequestTimeout(patience)
                        .build())
                .setUserAgent("Nodeledger-Webhooks/1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .build();
    }

    /**
     * What came of an attempt.
     *
     * @param retryAfter how long the endpoint has asked to be left alone, zero if it has not
     */
    record Outcome(Attempt attempt, Duration retryAfter) {}

    /**
     * Makes an attempt.
     *
     * @param secrets that sign, the current one first
     * @param tries attempts of the delivery's schedule so far
     * @param traceParent the trace that the attempt is part of, which the receiver may join
     */
    Outcome send(
            String url,
            String eventId,
            byte[] body,
            List<WebhookSecret> secrets,
            int tries,
            @Nullable String traceParent) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!rules.allows(url)) {
            return new Outcome(new Attempt(at, null, 0, "the URL is not allowed", null), Duration.ZERO);
        }
        var request = new HttpPost(URI.create(url));
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        Signatures.headers(eventId, at, body, secrets, tries).forEach(request::setHeader);
        if (traceParent != null) {
            request.setHeader("traceparent", traceParent);
        }
        long begin = System.nanoTime();
        var deadline = deadlines.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            var response = http.executeOpen(null, request, null);
            String excerpt = AnswerBeginning.of(response);
            return new Outcome(
                    new Attempt(at, response.getCode(), millisSince(begin), null, excerpt),
                    retryAfter(response.getFirstHeader(HttpHeaders.RETRY_AFTER), at));
        } catch (IOException failure) {
            String error = request.isCancelled() ? "timed out" : reason(failure);
            return new Outcome(new Attempt(at, null, millisSince(begin), error, null), Duration.ZERO);
        } finally {
            deadline.cancel(false);
        }
    }

    private static Duration retryAfter(@Nullable Header header, Instant now) {
        if (header == null) {
            return Duration.ZERO;
        }
        String value = header.getValue().strip();
        try {
            if (value.matches("[0-9]{10,}")) {
                return FOR_LONG;
            }
            var wait = value.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException notOne) {
            return Duration.ZERO;
        }
    }

    /** Nothing of what the network is like inside. */
    private static String reason(IOException failure) {
        return switch (failure) {
            case UnknownHostException _ -> "the host has no public address";
            case SocketTimeoutException _ -> "timed out";
            case SSLException _ -> "the TLS connection failed";
            case ConnectException _ -> "the connection was refused";
            default -> "the connection broke";
        };
    }

    /** How many attempts are being made, as far as their deadlines tell. */
    int underWay() {
        return deadlines.getQueue().size();
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        http.close();
    }
}
