package io.nodeledger.base.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A caller's role in a workspace and what it permits there (source: API decisions, "Roles"). */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Reads, the audit too. */
    AUDITOR,
    /** Reads, and starts, stops and reboots nodes. */
    DEVELOPER,
    /** Everything in the workspace. */
    ADMIN;

    /** Whether the role permits it. */
    public boolean permits(Permission permission) {
        return switch (permission) {
            case PLANS_READ, NODES_READ, CREDITS_READ, WEBHOOKS_READ -> true;
            case AUDIT_READ -> this == AUDITOR || this == ADMIN;
            case NODES_POWER -> this == DEVELOPER || this == ADMIN;
            case NODES_PROVISION, NODES_DELETE, NODES_UPDATE, NODES_TRANSITION, WEBHOOKS_MANAGE -> this == ADMIN;
            case PLATFORM_ADMIN -> false;
        };
    }

    /** The role's word in tokens and in the audit. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with this word; a word that nobody knows grants nothing. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
