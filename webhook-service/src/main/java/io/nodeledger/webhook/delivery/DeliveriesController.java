package io.nodeledger.webhook.delivery;

import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.base.idempotency.IdempotencyKey;
import io.nodeledger.base.idempotency.RepeatableCalls;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.ErrorCode;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.base.web.RequestIds;
import io.nodeledger.base.web.Rule;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.webhook.delivery.Replays.Asked;
import io.nodeledger.webhook.endpoint.Endpoint;
import io.nodeledger.webhook.endpoint.EndpointTable;
import io.nodeledger.webhook.endpoint.WebhookPath;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code …/nodes/webhooks/{id}/deliveries}, and what makes deliveries: a test, once more, a replay. */
@RestController
public final class DeliveriesController {
    private static final String ENDPOINT = "/api/v1/workspaces/{wsId}/nodes/webhooks/{webhookId}";
    private static final String ALL = ENDPOINT + "/deliveries";
    private static final Map<String, String> STATUSES = Stream.of(DeliveryStatus.values())
            .map(DeliveryStatus::word)
            .collect(Collectors.toUnmodifiableMap(word -> word, word -> word));
    private static final String TEST_TYPE = "webhook.test";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RequestBodyReader bodies;
    private final RepeatableCalls calls;
    private final EndpointTable endpoints;
    private final DeliveryLog log;
    private final DeliveryQueue queue;
    private final Replays replays;
    private final Epochs epochs;
    private final Clock clock;
    private final Tracing tracing;

    DeliveriesController(
            RequestBodyReader bodies,
            RepeatableCalls calls,
            EndpointTable endpoints,
            DeliveryLog log,
            DeliveryQueue queue,
            Replays replays,
            Epochs epochs,
            Clock clock,
            Tracing tracing) {
        this.bodies = bodies;
        this.calls = calls;
        this.endpoints = endpoints;
        this.log = log;
        this.queue = queue;
        this.replays = replays;
        this.epochs = epochs;
        this.clock = clock;
        this.tracing = tracing;
    }

    /** What a call has made, as its repeat is told. */
    record Made(String id) {}

    @GetMapping(ALL)
    @Requires(Permission.WEBHOOKS_READ)
    ResponseEntity<Data<List<DeliveryView>>> list(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String webhookId) {
        var query = QueryFields.of(request);
        var status = query.word("status", STATUSES);
        var origin = query.text("origin", DeliveriesController::checkOrigin);
        var limit = Cursor.limit(query);
        String before = Cursor.key(query, DeliveryLog.LIST, Ids::isWellFormed);
        query.finish();
        require(wsId, webhookId);
        return Answers.cursorPage(
                request,
                log.page(webhookId, status.orNull(), origin.orNull(), before, limit.orElse(CursorPage.DEFAULT_LIMIT)));
    }

    private static Optional<Rule.Broken> checkOrigin(String origin) {
        return origin.equals(NewDelivery.LIVE) || origin.equals(NewDelivery.TEST) || Ids.isWellFormed(origin)
                ? Optional.empty()
                : Rule.broken("malformed", "must be live, test or the id of a replay");
    }

    @GetMapping(ALL + "/{deliveryId}")
    @Requires(Permission.WEBHOOKS_READ)
    ResponseEntity<Data<DeliveryView>> get(
            @PathVariable String wsId, @PathVariable String webhookId, @PathVariable String deliveryId) {
        require(wsId, webhookId);
        return Answers.one(delivery(webhookId, deliveryId));
    }

    @PostMapping(ALL + "/{deliveryId}/redeliver")
    @Requires(Permission.WEBHOOKS_MANAGE)
    ResponseEntity<Data<DeliveryView>> redeliver(
            HttpServletRequest request,
            @PathVariable String wsId,
            @PathVariable String webhookId,
            @PathVariable String deliveryId) {
        var made = once(request, wsId, () -> {
            requireEnabled(require(wsId, webhookId));
            var _ = delivery(webhookId, deliveryId);
            if (!queue.putAgain(webhookId, deliveryId)) {
                throw disabled();
            }
            return new Made(deliveryId);
        });
        return accepted(delivery(webhookId, made.id()));
    }

    @PostMapping(ENDPOINT + "/test")
    @Requires(Permission.WEBHOOKS_MANAGE)
    ResponseEntity<Data<DeliveryView>> test(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String webhookId) {
        var made = once(request, wsId, () -> {
            requireEnabled(require(wsId, webhookId));
            var delivery = NewDelivery.of(webhookId, testOf(request, wsId, webhookId), NewDelivery.TEST);
            queue.put(List.of(delivery));
            return new Made(delivery.id());
        });
        return accepted(delivery(webhookId, made.id()));
    }

    @PostMapping(ENDPOINT + "/replay")
    @Requires(Permission.WEBHOOKS_MANAGE)
    ResponseEntity<Data<ReplayView>> replay(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String webhookId) throws IOException {
        Asked asked = Asked.of(bodies.read(request));
        var made = once(request, wsId, () -> {
            requireEnabled(require(wsId, webhookId));
            epochs.requireKept("from_position", asked.fromPosition());
            return new Made(replays.ask(webhookId, asked));
        });
        String deliveries = ALL.replace("{wsId}", wsId).replace("{webhookId}", webhookId) + "?origin=" + made.id();
        return accepted(new ReplayView(made.id(), deliveries));
    }

    /** A replay that was begun; its deliveries have its id as their origin, and are listed there. */
    record ReplayView(String id, String deliveries) {}

    private Made once(HttpServletRequest request, String wsId, Supplier<Made> call) {
        return calls.change(IdempotencyKey.of(request, wsId), Made.class, call);
    }

    private Outgoing testOf(HttpServletRequest request, String wsId, String webhookId) {
        String eventId = Ids.event();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var data = JSON.createObjectNode().put("webhook_id", webhookId);
        return new Outgoing(
                eventId,
                TEST_TYPE,
                wsId,
                webhookId,
                0,
                now,
                Map.of(),
                Outgoing.body(eventId, TEST_TYPE, now, wsId, null, data),
                tracing.current(),
                RequestIds.of(request));
    }

    private Endpoint require(String wsId, String webhookId) {
        var missing = WebhookPath.missing(webhookId);
        return endpoints.find(wsId, webhookId).orElseThrow(() -> new ApiException(missing));
    }

    private static void requireEnabled(Endpoint endpoint) {
        if (!endpoint.enabled()) {
            throw disabled();
        }
    }

    private static ApiException disabled() {
        return new ApiException(
                new ApiError(ErrorCode.INVALID_STATE, "The webhook is disabled", Map.of("status", "disabled")));
    }

    private DeliveryView delivery(String webhookId, String deliveryId) {
        return log.find(webhookId, deliveryId)
                .orElseThrow(() -> new ApiException(ApiError.notFound("delivery", deliveryId)));
    }

    private static <T> ResponseEntity<Data<T>> accepted(T made) {
        return ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON).body(new Data<>(made));
    }
}
