package io.nodeledger.simulators.proxmox.api;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The server's self-signed certificate, made once and kept. */
public final class Certificate {
    private final Path certificate;
    private final Path key;

    private Certificate(Path directory) {
        this.certificate = directory.resolve("certificate.pem");
        this.key = directory.resolve("key.pem");
    }

    /** The certificate kept in that directory, made when there is none. */
    public static Certificate in(Path directory, String commonName) throws IOException {
        Certificate made = new Certificate(directory);
        if (!Files.exists(made.certificate) || !Files.exists(made.key)) {
            Files.createDirectories(directory);
            made.make(commonName);
        }
        return made;
    }

    public byte[] certificatePem() throws IOException {
        return Files.readAllBytes(certificate);
    }

    byte[] keyPem() throws IOException {
        return Files.readAllBytes(key);
    }

    /** SHA-256 in upper-case hex with colons, as Proxmox shows it. */
    public String fingerprint() throws IOException {
        try (PEMParser pem = new PEMParser(new StringReader(Files.readString(certificate)))) {
            byte[] encoded = ((X509CertificateHolder) pem.readObject()).getEncoded();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(encoded);
            return HexFormat.ofDelimiter(":").formatHex(hash).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private void make(String commonName) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=" + commonName + ",O=Proxmox Virtual Environment");
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            GeneralNames names = new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            });
            X509CertificateHolder holder = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(64, new SecureRandom()),
                            Date.from(now.minus(1, ChronoUnit.DAYS)),
                            Date.from(now.plus(3_650, ChronoUnit.DAYS)),
                            name,
                            pair.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, names)
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            write(key, new JcaPKCS8Generator(pair.getPrivate(), null));
            write(certificate, holder);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("The simulator cannot make its certificate", e);
        }
    }

    private static void write(Path file, Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
