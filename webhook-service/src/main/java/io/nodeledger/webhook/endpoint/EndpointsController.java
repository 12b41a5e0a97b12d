package io.nodeledger.webhook.endpoint;

import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.webhook.WebhookAnswer;
import io.nodeledger.events.webhook.WebhookCommand;
import io.nodeledger.events.webhook.WebhookCommand.CreateWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookCommand.DeleteWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookCommand.RotateWebhookSecret;
import io.nodeledger.webhook.secret.SecretSeal;
import io.nodeledger.webhook.secret.WebhookSecret;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code …/nodes/webhooks}: create, list, get, change, delete, and another secret (source: API decisions). */
@RestController
public final class EndpointsController {
    private static final String ALL = "/api/v1/workspaces/{wsId}/nodes/webhooks";
    private static final String ONE = ALL + "/{webhookId}";

    private final RequestBodyReader bodies;
    private final CommandDispatch dispatch;
    private final EndpointTable endpoints;
    private final EndpointFields fields;
    private final EndpointRoom room;
    private final SecretSeal seal;
    private final Duration grace;
    private final Clock clock;

    /** @param grace how long former secrets sign too, once there is another one, unless the caller says */
    EndpointsController(
            RequestBodyReader bodies,
            CommandDispatch dispatch,
            EndpointTable endpoints,
            EndpointFields fields,
            EndpointRoom room,
            SecretSeal seal,
            Duration grace,
            Clock clock) {
        this.bodies = bodies;
        this.dispatch = dispatch;
        this.endpoints = endpoints;
        this.fields = fields;
        this.room = room;
        this.seal = seal;
        this.grace = grace;
        this.clock = clock;
    }

    @PostMapping(ALL)
    @Requires(Permission.WEBHOOKS_MANAGE)
    ResponseEntity<Data<EndpointView>> create(HttpServletRequest request, @PathVariable String wsId)
            throws IOException {
        var body = bodies.read(request);
        var secret = WebhookSecret.random();
        String id = Ids.webhook();
        String keyId = Ids.key();
        var done = done(dispatch.decide(
                request, wsId, WebhookAnswer.class, ApiError.notFound("workspace", wsId), sending -> {
                    var wish = fields.wish(body);
                    room.require(wsId);
                    return sending.send(new CreateWebhookEndpoint(
                            id, wsId, wish.target(), wish.enabled(), keyId, seal.seal(secret, id, keyId), now()));
                }));
        return ResponseEntity.status(201)
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.LOCATION, ALL.replace("{wsId}", wsId) + "/" + done.endpointId())
                .body(new Data<>(view(wsId, done.endpointId(), shown(secret, keyId, done))));
    }

    @GetMapping(ALL)
    @Requires(Permission.WEBHOOKS_READ)
    ResponseEntity<Data<List<EndpointView>>> list(@PathVariable String wsId) {
        return Answers.one(endpoints.of(wsId).stream()
                .map(endpoint -> EndpointView.of(endpoint, null))
                .toList());
    }

    @GetMapping(ONE)
    @Requires(Permission.WEBHOOKS_READ)
    ResponseEntity<Data<EndpointView>> get(@PathVariable String wsId, @PathVariable String webhookId) {
        return Answers.one(view(wsId, webhookId, null));
    }

    @PatchMapping(ONE)
    @Requires(Permission.WEBHOOKS_MANAGE)
    ResponseEntity<Data<EndpointView>> change(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String webhookId) throws IOException {
        var missing = WebhookPath.missing(webhookId);
        var command = fields.change(bodies.read(request), webhookId, wsId, now());
        done(send(request, wsId, command, missing));
        return Answers.one(view(wsId, webhookId, null));
    }

    @DeleteMapping(ONE)
    @Requires(Permission.WEBHOOKS_MANAGE)
    ResponseEntity<Void> delete(HttpServletRequest request, @PathVariable String wsId, @PathVariable String webhookId) {
        var missing = WebhookPath.missing(webhookId);
        done(send(request, wsId, new DeleteWebhookEndpoint(webhookId, wsId, now()), missing));
        return ResponseEntity.noContent().build();
    }

    @PostMapping(ONE + "/rotate-secret")
    @Requires(Permission.WEBHOOKS_MANAGE)
    ResponseEntity<Data<EndpointView>> rotate(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String webhookId) throws IOException {
        var missing = WebhookPath.missing(webhookId);
        var formerUntil = now().plus(EndpointFields.grace(bodies.readIfAny(request), grace));
        var secret = WebhookSecret.random();
        String keyId = Ids.key();
        var command = new RotateWebhookSecret(
                webhookId, wsId, keyId, seal.seal(secret, webhookId, keyId), formerUntil, now());
        var done = done(send(request, wsId, command, missing));
        return Answers.one(view(wsId, webhookId, shown(secret, keyId, done)));
    }

    private WebhookAnswer send(HttpServletRequest request, String wsId, WebhookCommand command, ApiError missing) {
        return dispatch.send(request, wsId, command, WebhookAnswer.class, missing);
    }

    private static WebhookAnswer.Done done(WebhookAnswer answer) {
        return switch (answer) {
            case WebhookAnswer.Refused no -> throw CommandDispatch.refused(no.refusal());
            case WebhookAnswer.Done done -> done;
        };
    }

    /** A repeated request has the first one's answer, but not its secret, which nobody has kept (source: rulings 15). */
    private static @Nullable String shown(WebhookSecret secret, String keyId, WebhookAnswer.Done done) {
        return done.keyId().equals(keyId) ? secret.shown() : null;
    }

    private EndpointView view(String wsId, String webhookId, @Nullable String secret) {
        return endpoints
                .find(wsId, webhookId)
                .map(endpoint -> EndpointView.of(endpoint, secret))
                .orElseThrow(() -> new ApiException(WebhookPath.missing(webhookId)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
