package io.nodeledger.provisioner.activity;

import java.util.List;

/** The steps that one provider's driver brings. */
public record EnsureSteps(List<EnsureStep> steps) {
    public EnsureSteps {
        steps = List.copyOf(steps);
    }
}
