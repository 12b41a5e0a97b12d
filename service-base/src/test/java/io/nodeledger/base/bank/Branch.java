package io.nodeledger.base.bank;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.createNew;

import io.nodeledger.base.bank.BankMessages.BranchAccountAdded;
import io.nodeledger.base.bank.BankMessages.BranchOpened;
import io.nodeledger.base.bank.BankMessages.OpenAccountAt;
import io.nodeledger.base.bank.BankMessages.OpenBranch;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.NullUnmarked;

/** A branch that opens accounts: two streams in one transaction. */
@NullUnmarked
public class Branch {

    @AggregateIdentifier
    private String id;

    protected Branch() {}

    @CommandHandler
    public Branch(OpenBranch command) {
        apply(new BranchOpened(command.branch()));
    }

    @CommandHandler
    public void handle(OpenAccountAt command) throws Exception {
        apply(new BranchAccountAdded(id, command.account()));
        createNew(Account.class, () -> new Account(command.account()));
        if (command.failAfterwards()) {
            throw new IllegalStateException("asked to fail");
        }
    }

    @EventSourcingHandler
    void on(BranchOpened event) {
        id = event.branch();
    }

    @EventSourcingHandler
    void on(BranchAccountAdded event) {}
}
