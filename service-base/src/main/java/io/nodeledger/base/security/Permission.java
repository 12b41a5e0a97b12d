package io.nodeledger.base.security;

/** What a route may require of its caller. */
public enum Permission {
    /** Read the plan catalogue: every authenticated caller. */
    PLANS_READ("plans:read", Scope.AUTHENTICATED),
    /** Read nodes and all that is derived from them, except the audit. */
    NODES_READ("nodes:read", Scope.WORKSPACE),
    /** Start, stop and reboot nodes. */
    NODES_POWER("nodes:power", Scope.WORKSPACE),
    /** Change labels, taints and thresholds of nodes, and the thresholds that the workspace sets for them. */
    NODES_UPDATE("nodes:update", Scope.WORKSPACE),
    /** Provision nodes. */
    NODES_PROVISION("nodes:provision", Scope.WORKSPACE),
    /** Delete nodes. */
    NODES_DELETE("nodes:delete", Scope.WORKSPACE),
    /** Move the workspace to dedicated or to shared nodes. */
    NODES_TRANSITION("nodes:transition", Scope.WORKSPACE),
    /** Read limits, balance and ledger of the workspace. */
    CREDITS_READ("credits:read", Scope.WORKSPACE),
    /** Read webhook endpoints and what was sent to them; never a secret. */
    WEBHOOKS_READ("webhooks:read", Scope.WORKSPACE),
    /** Make, change, test and delete webhook endpoints. */
    WEBHOOKS_MANAGE("webhooks:manage", Scope.WORKSPACE),
    /** Read the audit trail. */
    AUDIT_READ("audit:read", Scope.WORKSPACE),
    /** Manage workspaces and their credits: the platform's operators. */
    PLATFORM_ADMIN("platform:admin", Scope.PLATFORM);

    /** To what a permission applies. */
    public enum Scope {
        /** Nothing in particular; a valid token is enough. */
        AUTHENTICATED,
        /** The workspace that the path names as {@code wsId}. */
        WORKSPACE,
        /** The whole platform. */
        PLATFORM
    }

    private final String word;
    private final Scope scope;

    Permission(String word, Scope scope) {
        this.word = word;
        this.scope = scope;
    }

    /** The permission's word in the API. */
    public String word() {
        return word;
    }

    /** To what the permission applies. */
    public Scope scope() {
        return scope;
    }
}
