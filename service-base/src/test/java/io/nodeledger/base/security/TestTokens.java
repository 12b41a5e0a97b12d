package io.nodeledger.base.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An issuer of tokens for tests, with a key of each accepted kind. */
public final class TestTokens {
    public static final String ISSUER = "https://issuer.test";
    public static final String AUDIENCE = "nodeledger-test";

    private final RSAKey rsa;
    private final ECKey ec;
    private final KeyPair ed;

    public TestTokens() {
        try {
            rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
            ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
            ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (JOSEException | GeneralSecurityException unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }

    /** Writes the public keys to a file. */
    public Path writeJwks() {
        try {
            byte[] spki = ed.getPublic().getEncoded();
            var okp = new OctetKeyPair.Builder(
                            Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(spki, spki.length - 32, spki.length)))
                    .keyID("ed")
                    .build();
            Path file = Files.createTempFile("jwks", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, new JWKSet(List.of(rsa, ec, okp)).toString());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A good token for one role in one workspace. */
    public String of(String workspace, String role) {
        return rs256(claims -> claims.claim("workspaces", Map.of(workspace, role)));
    }

    /** A good token of a platform operator. */
    public String platformAdmin() {
        return rs256(claims -> claims.claim("platform_admin", true));
    }

    /** A token signed with RS256, its claims changed as the test wishes. */
    public String rs256(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(), change, rsaSigner(rsa));
    }

    /** A token signed with an RSA key that the issuer doesn't have. */
    public String byStranger(UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            return signed(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(),
                    change,
                    rsaSigner(new RSAKeyGenerator(2048).generate()));
        } catch (JOSEException unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }

    /** A token under a header of the test's choice, signed with the issuer's RSA key. */
    public String withHeader(JWSHeader header) {
        return signed(header, UnaryOperator.identity(), rsaSigner(rsa));
    }

    /** A token signed with ES256. */
    public String es256(UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            return signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), change, new ECDSASigner(ec));
        } catch (JOSEException unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }

    /** A token signed with EdDSA. */
    public String edDsa(UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("ed").build();
            String content =
                    header.toBase64URL() + "." + Base64URL.encode(claims(change).toString());
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(ed.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }

    /** An unsigned token ({@code alg: none}). */
    public String unsigned(UnaryOperator<JWTClaimsSet.Builder> change) {
        return Base64URL.encode("{\"alg\":\"none\"}") + "."
                + Base64URL.encode(claims(change).toString()) + ".";
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        var good = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("user-1")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .claim("workspaces", Map.of("ws-123", "admin"));
        return change.apply(good).build();
    }

    private static String signed(JWSHeader header, UnaryOperator<JWTClaimsSet.Builder> change, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims(change));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException unsignable) {
            throw new IllegalStateException(unsignable);
        }
    }

    private static JWSSigner rsaSigner(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException unusable) {
            throw new IllegalStateException(unusable);
        }
    }
}
