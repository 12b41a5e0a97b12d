package io.nodeledger.base.security;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens are accepted, {@code nodeledger.jwt.*}.
 *
 * @param issuer exact {@code iss} of acceptable tokens
 * @param audience what {@code aud} must contain
 * @param jwksUrl the issuer's public keys, {@code https:}, {@code http:} or {@code file:}
 * @param workspacesClaim claim that maps workspace ids to a role or a list of roles
 * @param organisationRoleClaim claim with the role or roles held in every workspace
 * @param platformAdminClaim claim that is {@code true} for the platform's operators
 * @param clockSkew how far the issuer's clock may be off
 */
@ConfigurationProperties("nodeledger.jwt")
public record JwtSettings(
        @Nullable String issuer,
        @Nullable String audience,
        @Nullable URI jwksUrl,
        @DefaultValue("workspaces") String workspacesClaim,
        @DefaultValue("organisation_role") String organisationRoleClaim,
        @DefaultValue("platform_admin") String platformAdminClaim,
        @DefaultValue("30s") Duration clockSkew) {

    public JwtSettings {
        if (clockSkew.isNegative()) {
            throw new IllegalArgumentException(
                    "nodeledger.jwt.clock-skew must not be negative, for example 30s, but is " + clockSkew);
        }
    }

    /** The issuer, once it is known to be set. */
    String requiredIssuer() {
        return required("issuer", issuer);
    }

    /** The audience, once it is known to be set. */
    String requiredAudience() {
        return required("audience", audience);
    }

    /** The URL of the keys, once it is known to be set. */
    URI requiredJwksUrl() {
        return required("jwks-url", jwksUrl);
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalStateException("Set nodeledger.jwt." + name
                    + ": without issuer, audience and jwks-url no token could be checked and nobody could call");
        }
        return value;
    }
}
