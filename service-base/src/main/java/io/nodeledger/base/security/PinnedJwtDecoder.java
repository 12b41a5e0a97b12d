package io.nodeledger.base.security;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Checks bearer tokens: signature by a pinned algorithm, issuer, audience, expiry (required), not-before and subject.
 * Nothing of a token is believed before its signature is.
 */
final class PinnedJwtDecoder implements JwtDecoder {
    private final SignatureCheck signature;
    private final String issuer;
    private final String audience;
    private final Duration skew;
    private final Clock clock;

    PinnedJwtDecoder(SignatureCheck signature, JwtSettings settings, Clock clock) {
        this.signature = signature;
        this.issuer = settings.requiredIssuer();
        this.audience = settings.requiredAudience();
        this.skew = settings.clockSkew();
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        try {
            var signed = SignedJWT.parse(token);
            signature.check(signed);
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            checkClaims(claims);
            return Jwt.withTokenValue(token)
                    .header("alg", signed.getHeader().getAlgorithm().getName())
                    .claims(all -> all.putAll(claims.getClaims()))
                    .claim("exp", claims.getExpirationTime().toInstant())
                    .claims(all -> all.remove("iat"))
                    .build();
        } catch (ParseException malformed) {
            throw new BadJwtException("the token is malformed", malformed);
        }
    }

    private void checkClaims(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            throw new BadJwtException("the token has no expiry");
        }
        if (!issuer.equals(claims.getIssuer())) {
            throw new BadJwtException("the token is from another issuer");
        }
        if (!claims.getAudience().contains(audience)) {
            throw new BadJwtException("the token is for another audience");
        }
        if (claims.getSubject() == null || claims.getSubject().isBlank()) {
            throw new BadJwtException("the token has no subject");
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && notBefore.toInstant().isAfter(now.plus(skew))) {
            throw new BadJwtException("the token is not valid yet");
        }
        if (!expires.toInstant().plus(skew).isAfter(now)) {
            throw new TokenExpired();
        }
    }
}
