package io.nodeledger.model.webhook;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.markDeleted;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.webhook.WebhookAnswer;
import io.nodeledger.events.webhook.WebhookCommand;
import io.nodeledger.events.webhook.WebhookCommand.ChangeWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookCommand.CreateWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookCommand.DeleteWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookCommand.DisableWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookCommand.RotateWebhookSecret;
import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointChanged;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointCreated;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDeleted;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDisabled;
import io.nodeledger.events.webhook.WebhookEvent.WebhookSecretRotated;
import io.nodeledger.events.webhook.WebhookTarget;
import io.nodeledger.model.stream.StreamTime;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** A URL that is sent the events of a workspace (source: contract, "Webhooks"; API decisions, "Webhook endpoint"). */
@Revision("2")
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class WebhookEndpoint {
    /** Absent until the first event: the stream is named when it is known. */
    @AggregateIdentifier
    @SuppressWarnings("unused") // the repository reads it
    private @Nullable String endpointId;

    private String workspaceId = "";
    private @Nullable WebhookTarget target;
    private boolean enabled;
    private String keyId = "";
    private StreamTime time = StreamTime.NONE;

    /** For the repository, which replays the stream into it. */
    public WebhookEndpoint() {}

    /** Creates it. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    public WebhookAnswer handle(CreateWebhookEndpoint command) {
        apply(new WebhookEndpointCreated(
                command.endpointId(),
                command.workspaceId(),
                command.target(),
                command.enabled(),
                command.keyId(),
                next(command)));
        return done(command);
    }

    /** Changes it. What changes nothing is no event. */
    @CommandHandler
    public WebhookAnswer handle(ChangeWebhookEndpoint command) {
        return ofWorkspace(command, () -> {
            var wished = changed(command);
            boolean sends = command.enabled() == null ? enabled : command.enabled();
            if (!wished.equals(target) || sends != enabled) {
                apply(new WebhookEndpointChanged(command.endpointId(), workspaceId, wished, sends, next(command)));
            }
            return done(command);
        });
    }

    /** Signs with another secret. */
    @CommandHandler
    public WebhookAnswer handle(RotateWebhookSecret command) {
        return ofWorkspace(command, () -> {
            apply(new WebhookSecretRotated(
                    command.endpointId(), workspaceId, command.keyId(), keyId, command.previousUntil(), next(command)));
            return done(command);
        });
    }

    /** Stops sending. */
    @CommandHandler
    public WebhookAnswer handle(DisableWebhookEndpoint command) {
        return ofWorkspace(command, () -> {
            if (enabled && Objects.requireNonNull(target).url().equals(command.url())) {
                apply(new WebhookEndpointDisabled(command.endpointId(), workspaceId, command.reason(), next(command)));
            }
            return done(command);
        });
    }

    /** Forgets it. */
    @CommandHandler
    public WebhookAnswer handle(DeleteWebhookEndpoint command) {
        return ofWorkspace(command, () -> {
            apply(new WebhookEndpointDeleted(command.endpointId(), workspaceId, next(command)));
            return done(command);
        });
    }

    private WebhookTarget changed(ChangeWebhookEndpoint command) {
        var now = Objects.requireNonNull(target);
        String description = command.description();
        return new WebhookTarget(
                command.url() == null ? now.url() : command.url(),
                command.eventTypes() == null ? now.eventTypes() : command.eventTypes(),
                command.nodeLabels() == null ? now.nodeLabels() : command.nodeLabels(),
                description == null ? now.description() : description.isEmpty() ? null : description);
    }

    private WebhookAnswer ofWorkspace(WebhookCommand command, Supplier<WebhookAnswer> decision) {
        return command.workspaceId().equals(workspaceId)
                ? decision.get()
                : new WebhookAnswer.Refused(new Refusal.NotFound("webhook", command.endpointId()));
    }

    private WebhookAnswer done(WebhookCommand command) {
        return new WebhookAnswer.Done(command.endpointId(), keyId);
    }

    @EventSourcingHandler
    void on(WebhookEvent event) {
        switch (event) {
            case WebhookEndpointCreated e -> {
                endpointId = e.endpointId();
                workspaceId = e.workspaceId();
                target = e.target();
                enabled = e.enabled();
                keyId = e.keyId();
            }
            case WebhookEndpointChanged e -> {
                target = e.target();
                enabled = e.enabled();
            }
            case WebhookSecretRotated e -> keyId = e.keyId();
            case WebhookEndpointDisabled _ -> enabled = false;
            case WebhookEndpointDeleted _ -> markDeleted();
        }
        time = new StreamTime(event.effectiveAt());
    }

    private Instant next(WebhookCommand command) {
        return time.next(command.at());
    }
}
