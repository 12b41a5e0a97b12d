package io.nodeledger.query;

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
import java.util.List;
import java.util.Map;

/** An issuer of tokens, and the settings with which a service believes it. */
final class TestTokens {
    private static final String ISSUER = "https://issuer.test";

    /** Made once for all: it takes a quarter of a second. */
    private static final RSAKey KEY = newKey();

    private final Path jwks;

    TestTokens() {
        try {
            jwks = Files.createTempFile("jwks", ".json");
            jwks.toFile().deleteOnExit();
            Files.writeString(jwks, new JWKSet(KEY.toPublicJWK()).toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> settings() {
        return List.of(
                "--nodeledger.jwt.issuer=" + ISSUER,
                "--nodeledger.jwt.audience=test",
                "--nodeledger.jwt.jwks-url=" + jwks.toUri());
    }

    /** A token with the claims, valid for ten minutes. */
    @SuppressWarnings("JavaUtilDate") // the JWT library's type
    String token(Map<String, Object> claims) {
        try {
            var set = new JWTClaimsSet.Builder()
                    .issuer(ISSUER)
                    .audience("test")
                    .subject("user-1")
                    .issueTime(new Date())
                    .expirationTime(Date.from(Instant.now().plusSeconds(600)));
            claims.forEach(set::claim);
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(KEY.getKeyID())
                            .build(),
                    set.build());
            token.sign(new RSASSASigner(KEY));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
