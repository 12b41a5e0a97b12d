package io.nodeledger.webhook.secret;

import io.nodeledger.events.webhook.WebhookAnswer;
import io.nodeledger.events.webhook.WebhookCommand.WithSecret;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** Keeps the secret that a command brings, in the transaction that makes the command true (source: rulings 10). */
public final class KeptSecrets implements MessageHandlerInterceptor<CommandMessage<?>> {
    private final Secrets secrets;

    public KeptSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public @Nullable Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        Object answer = chain.proceed();
        if (answer instanceof WebhookAnswer.Done && work.getMessage().getPayload() instanceof WithSecret command) {
            // The endpoint's own row is written when its event is, which is later.
            work.onPrepareCommit(_ -> secrets.keep(command));
        }
        return answer;
    }
}
