package io.nodeledger.model.webhook;

import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.webhook.DisabledReason;
import io.nodeledger.events.webhook.WebhookAnswer;
import io.nodeledger.events.webhook.WebhookCommand.ChangeWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookCommand.CreateWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookCommand.DeleteWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookCommand.DisableWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookCommand.RotateWebhookSecret;
import io.nodeledger.events.webhook.WebhookCommand.SealedSecret;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointChanged;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointCreated;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDeleted;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDisabled;
import io.nodeledger.events.webhook.WebhookEvent.WebhookSecretRotated;
import io.nodeledger.events.webhook.WebhookTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.AggregateDeletedException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class WebhookEndpointTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00.123Z");
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(1));
    private static final String URL = "https://hooks.example.com/";
    private static final WebhookTarget TARGET =
            new WebhookTarget(URL, List.of("node.started"), Map.of("team", "a"), "pager");
    private static final SealedSecret SEALED = new SealedSecret("c2VhbGVk");
    private static final WebhookEndpointCreated CREATED =
            new WebhookEndpointCreated("wh-1", "ws-1", TARGET, true, "key-1", NOW);
    private static final WebhookAnswer DONE = new WebhookAnswer.Done("wh-1", "key-1");

    private final FixtureConfiguration<WebhookEndpoint> fixture = new AggregateTestFixture<>(WebhookEndpoint.class);

    @Test
    void itsEventNamesTheSecretAndDoesNotHoldIt() {
        fixture.givenNoPriorActivity()
                .when(new CreateWebhookEndpoint("wh-1", "ws-1", TARGET, true, "key-1", SEALED, NOW))
                .expectEvents(CREATED)
                .expectResultMessagePayload(DONE);
    }

    @Test
    void whatIsNotNamedStays() {
        fixture.given(CREATED)
                .when(new ChangeWebhookEndpoint("wh-1", "ws-1", null, List.of(), null, "", false, LATER))
                .expectEvents(new WebhookEndpointChanged(
                        "wh-1", "ws-1", new WebhookTarget(URL, List.of(), Map.of("team", "a"), null), false, LATER))
                .expectResultMessagePayload(DONE);
    }

    @Test
    void whatChangesNothingIsNoEvent() {
        fixture.given(CREATED)
                .when(new ChangeWebhookEndpoint("wh-1", "ws-1", URL, null, null, "pager", true, LATER))
                .expectNoEvents()
                .expectResultMessagePayload(DONE);
    }

    @Test
    void anotherSecretFollowsTheFormerOne() {
        fixture.given(CREATED)
                .when(new RotateWebhookSecret("wh-1", "ws-1", "key-2", SEALED, LATER, NOW))
                .expectEvents(new WebhookSecretRotated("wh-1", "ws-1", "key-2", "key-1", LATER, NOW))
                .expectResultMessagePayload(new WebhookAnswer.Done("wh-1", "key-2"));
    }

    @Test
    void itIsDisabledOnceAndMayBeEnabledAgain() {
        var disabled = new WebhookEndpointDisabled("wh-1", "ws-1", DisabledReason.FAILING, LATER);
        fixture.given(CREATED)
                .when(new DisableWebhookEndpoint("wh-1", "ws-1", URL, DisabledReason.FAILING, LATER))
                .expectEvents(disabled);
        fixture.given(CREATED, disabled)
                .when(new DisableWebhookEndpoint("wh-1", "ws-1", URL, DisabledReason.GONE, LATER))
                .expectNoEvents();
        fixture.given(CREATED)
                .when(new DisableWebhookEndpoint("wh-1", "ws-1", "https://former.example/", DisabledReason.GONE, LATER))
                .expectNoEvents();
        fixture.given(CREATED, disabled)
                .when(new ChangeWebhookEndpoint("wh-1", "ws-1", null, null, null, null, true, LATER))
                .expectEvents(new WebhookEndpointChanged("wh-1", "ws-1", TARGET, true, LATER));
    }

    @Test
    void nothingHappensBeforeWhatHasHappened() {
        fixture.given(CREATED)
                .when(new DeleteWebhookEndpoint("wh-1", "ws-1", NOW.minusSeconds(5)))
                .expectEvents(new WebhookEndpointDeleted("wh-1", "ws-1", NOW));
    }

    @Test
    void anotherWorkspaceDoesNotEvenLearnOfIt() {
        fixture.given(CREATED)
                .when(new DeleteWebhookEndpoint("wh-1", "ws-2", LATER))
                .expectNoEvents()
                .expectResultMessagePayload(new WebhookAnswer.Refused(new Refusal.NotFound("webhook", "wh-1")));
    }

    @Test
    void whatIsDeletedIsNotThere() {
        fixture.given(CREATED, new WebhookEndpointDeleted("wh-1", "ws-1", NOW))
                .when(new DeleteWebhookEndpoint("wh-1", "ws-1", LATER))
                .expectException(AggregateDeletedException.class);
    }
}
