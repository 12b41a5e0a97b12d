package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.check.Providers.Machine;
import io.nodeledger.testing.DatabaseBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The database of an earlier moment is put back, so that nodes made since are unknown to it and a node deleted since
 * still lives in it.
 */
public final class RestoreRuns {
    /** The setting with which the reconciler looks often enough for this. */
    public static final String OFTEN = "--nodeledger.reconciler.every=1s";

    private static final int LONGEST_MOMENT = 800;

    private final Harness harness;

    public RestoreRuns(Harness harness) {
        this.harness = harness;
    }

    /**
     * Goes back in time once.
     *
     * @param seed chooses the moment of other nodes' provisioning that the backup is of
     * @return what is not as it has to be
     */
    public List<String> run(long seed) throws InterruptedException {
        Crowd staying = Crowd.of(2, harness);
        Crowd going = Crowd.of(1, harness);
        var found = new ArrayList<>(Crowd.of(staying, going).become("running"));
        Crowd coming = Crowd.of(3, harness);
        Thread.sleep(new Random(seed).nextInt(LONGEST_MOMENT));
        Crowd justAsked = Crowd.of(2, harness);
        harness.life().crashes().crashNow();
        var backup = DatabaseBackup.of(harness.world().database());

        harness.restart(null);
        Crowd unknown = Crowd.of(3, harness);
        going.delete();
        found.addAll(Crowd.of(coming, justAsked, unknown).become("running"));
        found.addAll(going.become("deleted"));
        harness.stop();

        backup.restore();
        going.forgetAnswers();
        harness.disown(unknown.ids());
        Set<Integer> theirs = harness.machines().stream()
                .filter(machine -> unknown.ids().contains(machine.name()))
                .map(Machine::vmId)
                .collect(Collectors.toSet());
        harness.begin();
        Crowd fresh = Crowd.of(2, harness);
        found.addAll(Crowd.of(fresh, coming, justAsked).become("running"));
        found.addAll(going.become("error"));
        peopleAreTold(unknown, found);
        harness.machines().stream()
                .filter(machine -> theirs.contains(machine.vmId()))
                .filter(machine -> !unknown.ids().contains(machine.name()))
                .forEach(
                        machine -> found.add("F18: the id of a machine that it does not know was given to " + machine));
        found.addAll(harness.violationsOnceQuiet());
        found.addAll(staying.notIn("running"));
        found.addAll(Crowd.of(staying, going, coming, justAsked, fresh).end());
        return found;
    }

    private void peopleAreTold(Crowd unknown, List<String> found) throws InterruptedException {
        if (!harness.until(() -> harness.stores().drifting("unknown_machine").containsAll(unknown.ids()), () -> {})) {
            found.add("F18: people are told of the machines of %s only, not of %s"
                    .formatted(harness.stores().drifting("unknown_machine"), unknown.ids()));
        }
    }
}
