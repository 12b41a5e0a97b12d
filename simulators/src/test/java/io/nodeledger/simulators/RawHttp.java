package io.nodeledger.simulators;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP as bare as can be: it sees reason phrases, bytes as they come, and the end of a connection without an answer. */
public final class RawHttp {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PATIENCE_MILLIS = 20_000;

    private final URI url;
    private final SocketFactory sockets;

    private RawHttp(URI url, SocketFactory sockets) {
        this.url = url;
        this.sockets = sockets;
    }

    /** Without TLS. */
    public static RawHttp plain(String url) {
        return new RawHttp(URI.create(url), SocketFactory.getDefault());
    }

    /** Trusts only that authority. */
    public static RawHttp trusting(String url, byte[] authorityPem) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(authorityPem)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return new RawHttp(URI.create(url), tls.getSocketFactory());
    }

    /** An answer; status 0 when the connection ended without one. */
    public record Reply(int status, String reason, String head, String body) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        public Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    /**
     * Sends a request and reads until the connection ends.
     *
     * @param headers whole lines, each with its line end
     */
    public Reply send(String method, String path, String headers, byte[] body) {
        try (Socket socket = open(method, path, headers, body)) {
            return parse(socket.getInputStream());
        } catch (IOException e) {
            return new Reply(0, String.valueOf(e.getMessage()), "", "");
        }
    }

    /** Sends a request and leaves the answer to the caller. */
    public Socket open(String method, String path, String headers, byte[] body) throws IOException {
        String host = headers.startsWith("Host:") ? "" : "Host: localhost\r\n";
        boolean unsized = headers.contains("Transfer-Encoding") || (body.length == 0 && method.equals("GET"));
        String length = unsized ? "" : "Content-Length: " + body.length + "\r\n";
        String head =
                method + " " + path + " HTTP/1.1\r\n" + host + "Connection: close\r\n" + length + headers + "\r\n";
        Socket socket = sockets.createSocket(url.getHost(), url.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
        return socket;
    }

    private static Reply parse(InputStream in) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return new Reply(0, "connection closed", "", "");
        }
        int end = text.indexOf("\r\n\r\n");
        String statusLine = text.substring(0, text.indexOf("\r\n"));
        return new Reply(
                Integer.parseInt(statusLine.substring(9, 12)),
                statusLine.substring(13),
                text.substring(0, end),
                text.substring(end + 4));
    }
}
