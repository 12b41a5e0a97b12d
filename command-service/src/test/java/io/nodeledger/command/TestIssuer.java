package io.nodeledger.command;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Issues the tokens that the service under test accepts. */
final class TestIssuer {
    private static final String ISSUER = "https://issuer.test";
    private static final String AUDIENCE = "nodeledger-test";

    private final RSAKey key;
    private final Path keys;

    TestIssuer() {
        try {
            key = new RSAKeyGenerator(2048).keyID("k").generate();
            keys = Files.writeString(Files.createTempFile("jwks", ".json"), new JWKSet(key).toString());
            keys.toFile().deleteOnExit();
        } catch (JOSEException | IOException unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }

    /** The properties by which a service accepts this issuer's tokens, as command-line arguments. */
    String[] asArguments() {
        return new String[] {
            "--nodeledger.jwt.issuer=" + ISSUER,
            "--nodeledger.jwt.audience=" + AUDIENCE,
            "--nodeledger.jwt.jwks-url=" + keys.toUri()
        };
    }

    /** A token of the platform's operator. */
    String operator() {
        return token("operator", claims -> claims.claim("platform_admin", true));
    }

    /** A token for one role in one workspace. */
    String of(String workspace, String role) {
        return token(role + "-of-" + workspace, claims -> claims.claim("workspaces", Map.of(workspace, role)));
    }

    private String token(String subject, UnaryOperator<JWTClaimsSet.Builder> change) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
                change.apply(claims).build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException unsignable) {
            throw new IllegalStateException(unsignable);
        }
        return token.serialize();
    }
}
