package io.nodeledger.base.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** Checks Ed25519 signatures with the JDK; the library's own verifier needs a further library. */
final class EdDsaVerifier extends BaseJWSProvider implements JWSVerifier {
    /** Begin of a DER SubjectPublicKeyInfo for Ed25519 (RFC 8410); the 32 bytes of the key follow. */
    private static final byte[] DER_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_LENGTH = 32;

    private final PublicKey key;

    EdDsaVerifier(OctetKeyPair jwk) throws JOSEException {
        super(Set.of(JWSAlgorithm.EdDSA));
        byte[] point = jwk.getDecodedX();
        if (!Curve.Ed25519.equals(jwk.getCurve()) || point.length != KEY_LENGTH) {
            throw new JOSEException("only Ed25519 keys are supported for EdDSA");
        }
        byte[] encoded = new byte[DER_PREFIX.length + KEY_LENGTH];
        System.arraycopy(DER_PREFIX, 0, encoded, 0, DER_PREFIX.length);
        System.arraycopy(point, 0, encoded, DER_PREFIX.length, KEY_LENGTH);
        try {
            this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException unusable) {
            throw new JOSEException("the Ed25519 key is unusable", unusable);
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
        try {
            var check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature.decode());
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException unusable) {
            throw new JOSEException("Ed25519 is unavailable", unusable);
        }
    }
}
