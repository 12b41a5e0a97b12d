package io.nodeledger.standalone.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.standalone.Obstacle;
import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.instance.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** The installation's own Ed25519 key pair, made at the first start. Whoever reads the private half may do anything. */
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";
    /** The end of an X.509 encoded Ed25519 key is the key itself (RFC 8410). */
    private static final int KEY_LENGTH = 32;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final PrivateKey key;
    private final String id;

    private SigningKey(PrivateKey key, String id) {
        this.key = key;
        this.id = id;
    }

    /** Makes the pair and its key set if the folder has none. */
    public static void ensure(DataFolder folder) throws IOException, GeneralSecurityException {
        if (Files.exists(privateFile(folder)) && Files.exists(folder.keySet())) {
            return;
        }
        var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        String point = BASE64.encodeToString(Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length));
        String thumbprint = thumbprint(point);
        PrivateFile.write(folder.keySet(), """
                {"keys":[{"kty":"OKP","crv":"Ed25519","use":"sig","alg":"EdDSA","kid":"%s","x":"%s"}]}
                """.formatted(thumbprint, point));
        // The private half last: where it is, the rest is.
        PrivateFile.write(
                privateFile(folder),
                thumbprint + "\n"
                        + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n");
    }

    /**
     * Reads the key.
     *
     * @throws Obstacle when no instance has ever used the folder
     */
    public static SigningKey of(DataFolder folder) throws IOException, GeneralSecurityException {
        if (!Files.exists(privateFile(folder))) {
            throw new Obstacle("There is no key in " + folder.root() + ": start an instance on that folder first with"
                    + " ./nodeledger up --data " + folder.root() + ".");
        }
        var lines = Files.readAllLines(privateFile(folder));
        byte[] encoded = Base64.getDecoder().decode(lines.get(1));
        return new SigningKey(
                KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)), lines.getFirst());
    }

    /** A signed token (RFC 7515, compact form) with the claims, which are a JSON object. */
    String sign(String claims) throws GeneralSecurityException {
        String header = "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"" + id + "\"}";
        String content = encode(header) + "." + encode(claims);
        var signature = Signature.getInstance(ALGORITHM);
        signature.initSign(key);
        signature.update(content.getBytes(UTF_8));
        return content + "." + BASE64.encodeToString(signature.sign());
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(UTF_8));
    }

    /** The key's name, RFC 7638. */
    private static String thumbprint(String point) throws GeneralSecurityException {
        String canonical = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + point + "\"}";
        return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8)));
    }

    private static Path privateFile(DataFolder folder) {
        return folder.keys().resolve("signing-key");
    }
}
