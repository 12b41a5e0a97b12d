package io.nodeledger.simulators.kubernetes.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The cluster's own certificate authority and its API server's certificate, made once and kept in a folder.
 *
 * @param caPem certificate of the authority
 * @param serverPem certificate of the API server
 * @param serverKeyPem its private key, PKCS 8
 * @param caHash {@code sha256:} and the hash of the authority's public key, as kubeadm pins it
 */
public record ClusterCertificates(String caPem, String serverPem, String serverKeyPem, String caHash) {
    private static final X500Name AUTHORITY = new X500Name("CN=kubernetes");
    private static final Duration VALIDITY = Duration.ofDays(3650);

    /** Reads the certificates of a folder, making them first when there are none. */
    public static ClusterCertificates in(Path folder) throws IOException, GeneralSecurityException {
        Path ca = folder.resolve("ca.crt");
        Path server = folder.resolve("apiserver.crt");
        Path key = folder.resolve("apiserver.key");
        if (!Files.exists(ca) || !Files.exists(server) || !Files.exists(key)) {
            Files.createDirectories(folder);
            make(ca, server, key);
        }
        String caPem = Files.readString(ca);
        return new ClusterCertificates(caPem, Files.readString(server), Files.readString(key), hash(caPem));
    }

    private static void make(Path ca, Path server, Path key) throws IOException, GeneralSecurityException {
        KeyPair authority = keyPair();
        KeyPair own = keyPair();
        try {
            X509v3CertificateBuilder root = builder(AUTHORITY, authority)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            X509v3CertificateBuilder leaf = builder(new X500Name("CN=kube-apiserver"), own)
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, names());
            Files.writeString(server, pem(sign(leaf, authority)));
            Files.writeString(key, pem(new JcaPKCS8Generator(own.getPrivate(), null)));
            Files.writeString(ca, pem(sign(root, authority)));
        } catch (OperatorCreationException noSignature) {
            throw new GeneralSecurityException("Cannot sign the cluster's certificates", noSignature);
        }
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    @SuppressWarnings("JavaUtilDate") // the certificate builder takes nothing else
    private static X509v3CertificateBuilder builder(X500Name subject, KeyPair keys) {
        Instant now = Instant.now();
        return new X509v3CertificateBuilder(
                AUTHORITY,
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(VALIDITY)),
                subject,
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    }

    private static GeneralNames names() {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.dNSName, "kubernetes"),
            new GeneralName(GeneralName.dNSName, "kubernetes.default.svc"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
        });
    }

    private static X509CertificateHolder sign(X509v3CertificateBuilder certificate, KeyPair authority)
            throws OperatorCreationException {
        return certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()));
    }

    private static String pem(Object content) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        return text.toString();
    }

    private static String hash(String caPem) throws IOException, GeneralSecurityException {
        try (PEMParser parser = new PEMParser(new StringReader(caPem))) {
            if (parser.readObject() instanceof X509CertificateHolder certificate) {
                byte[] key = certificate.getSubjectPublicKeyInfo().getEncoded();
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
                return "sha256:" + HexFormat.of().formatHex(digest);
            }
            throw new IOException("The cluster's ca.crt holds no certificate");
        }
    }
}
