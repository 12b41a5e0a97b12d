package io.nodeledger.base.security;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;

/** Reads the caller and the roles from a verified token. What it doesn't understand grants nothing. */
final class CallerOfToken implements Converter<Jwt, CallerAuthentication> {
    private final JwtSettings settings;

    CallerOfToken(JwtSettings settings) {
        this.settings = settings;
    }

    @Override
    public CallerAuthentication convert(Jwt token) {
        boolean platformAdmin = Boolean.TRUE.equals(token.getClaim(settings.platformAdminClaim()));
        var caller = new Caller(
                Objects.requireNonNull(token.getSubject(), "the decoder lets no token without a subject pass"),
                platformAdmin,
                roles(token.getClaim(settings.organisationRoleClaim())),
                workspaces(token.getClaim(settings.workspacesClaim())));
        return new CallerAuthentication(caller, token);
    }

    private static Map<String, Set<Role>> workspaces(@Nullable Object claim) {
        var byWorkspace = new HashMap<String, Set<Role>>();
        if (claim instanceof Map<?, ?> workspaces) {
            workspaces.forEach((id, words) -> byWorkspace.put(String.valueOf(id), roles(words)));
        }
        return Map.copyOf(byWorkspace);
    }

    private static Set<Role> roles(@Nullable Object words) {
        Collection<?> list = words instanceof Collection<?> many ? many : words == null ? List.of() : List.of(words);
        return list.stream()
                .filter(String.class::isInstance)
                .flatMap(word -> Role.of((String) word).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
