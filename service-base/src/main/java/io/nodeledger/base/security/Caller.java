package io.nodeledger.base.security;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who calls, as the token says.
 *
 * @param id the token's subject
 * @param platformAdmin may do everything everywhere
 * @param organisationRoles roles held in every workspace
 * @param workspaceRoles roles by workspace id
 */
public record Caller(
        String id, boolean platformAdmin, Set<Role> organisationRoles, Map<String, Set<Role>> workspaceRoles) {
    /** The word that stands for a platform operator's role. */
    public static final String PLATFORM_ADMIN = "platform_admin";

    /** Whether the caller may know that the workspace exists. */
    public boolean sees(String workspaceId) {
        return platformAdmin || !rolesIn(workspaceId).isEmpty();
    }

    /** Whether the caller may do it in the workspace. */
    public boolean mayIn(String workspaceId, Permission permission) {
        return platformAdmin || rolesIn(workspaceId).stream().anyMatch(role -> role.permits(permission));
    }

    /** The role under which the caller acts in the workspace, for the audit; several are joined by commas. */
    public String roleIn(String workspaceId) {
        if (platformAdmin) {
            return PLATFORM_ADMIN;
        }
        return rolesIn(workspaceId).stream().map(Role::word).collect(Collectors.joining(","));
    }

    private Set<Role> rolesIn(String workspaceId) {
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(organisationRoles);
        roles.addAll(workspaceRoles.getOrDefault(workspaceId, Set.of()));
        return roles;
    }
}
