package io.nodeledger.base.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Whether a token was signed by one of the issuer's keys. The algorithms are pinned here, never taken from the token:
 * {@code none} and everything symmetric is refused, and a key serves only the algorithm of its own type.
 */
final class SignatureCheck {
    private static final Set<JWSAlgorithm> PINNED = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

    private final JWKSource<SecurityContext> keys;
    private final KnownSignatures known = new KnownSignatures();

    SignatureCheck(JWKSource<SecurityContext> keys) {
        this.keys = keys;
    }

    /**
     * Checks the signature.
     *
     * @throws BadJwtException when no key of the issuer made it
     * @throws JwtException when the issuer's keys are out of reach
     */
    void check(SignedJWT token) {
        var header = token.getHeader();
        if (!PINNED.contains(header.getAlgorithm())) {
            throw new BadJwtException("the signature algorithm is not accepted");
        }
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            throw new BadJwtException("the token has critical headers that are not understood");
        }
        boolean genuine =
                candidates(token).stream().anyMatch(key -> known.verifies(key, token, () -> verifies(token, key)));
        if (!genuine) {
            throw new BadJwtException("no key of the issuer made the signature");
        }
    }

    private List<JWK> candidates(SignedJWT token) {
        try {
            return keys.get(new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader())), null);
        } catch (RemoteKeySourceException outOfReach) {
            throw new JwtException("the issuer's keys are out of reach", outOfReach);
        } catch (KeySourceException unknown) {
            throw new BadJwtException("the signing key is unknown", unknown);
        }
    }

    private static boolean verifies(SignedJWT token, JWK key) {
        try {
            JWSVerifier verifier = switch (token.getHeader().getAlgorithm().getName()) {
                case "RS256" -> new RSASSAVerifier(key.toRSAKey());
                case "ES256" -> new ECDSAVerifier(key.toECKey());
                default -> new EdDsaVerifier(key.toOctetKeyPair());
            };
            return token.verify(verifier);
        } catch (JOSEException unusable) {
            return false;
        }
    }
}
