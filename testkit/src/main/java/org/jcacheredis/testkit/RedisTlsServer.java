// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with a TLS port beside its plain one, and a fresh certificate for 127.0.0.1 and
 * localhost that only its own trust store knows. Clients need no certificate.
 */
public final class RedisTlsServer implements RedisEndpoint, AutoCloseable {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "server";
  private static final String STORE = "server.p12";

  private final RedisServer server;
  private final Path directory;
  private final Watchdog watchdog;
  private final int tlsPort;

  private RedisTlsServer(RedisServer server, Path directory, int tlsPort) {
    this.server = server;
    this.directory = directory;
    this.watchdog = Watchdog.over(directory);
    this.tlsPort = tlsPort;
  }

  /** Makes a certificate, starts a server with it and returns when it answers. */
  public static RedisTlsServer start(String... extraArgs) {
    Path directory = Directories.temporary("redis-tls-");
    try {
      createCertificate(directory);
      AtomicInteger tlsPort = new AtomicInteger();
      RedisServer server =
          RedisServer.onFreePort(
              "redis-",
              place -> {
                tlsPort.set(Ports.free());
                return RedisServer.serverCommand(
                    place, tlsArgs(directory, tlsPort.get(), extraArgs));
              });
      return new RedisTlsServer(server, directory, tlsPort.get());
    } catch (RuntimeException e) {
      Directories.delete(directory);
      throw e;
    }
  }

  /** {@code rediss://127.0.0.1:port}, the TLS port. */
  @Override
  public URI uri() {
    return URI.create("rediss://127.0.0.1:" + tlsPort);
  }

  /** The same server by its plain port. */
  public RedisServer plain() {
    return server;
  }

  /** A PKCS12 file that trusts this server alone. */
  public Path trustStore() {
    return directory.resolve("trust.p12");
  }

  /** The password of {@link #trustStore()}. */
  public String trustStorePassword() {
    return PASSWORD;
  }

  @Override
  public void close() {
    server.close();
    Directories.delete(directory);
    watchdog.close();
  }

  private static List<String> tlsArgs(Path directory, int port, String... extraArgs) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--tls-port", Integer.toString(port), "--tls-auth-clients", "no"));
    arguments.addAll(List.of("--tls-cert-file", directory.resolve("cert.pem").toString()));
    arguments.addAll(List.of("--tls-ca-cert-file", directory.resolve("cert.pem").toString()));
    arguments.addAll(List.of("--tls-key-file", directory.resolve("key.pem").toString()));
    arguments.addAll(List.of(extraArgs));
    return arguments;
  }

  private static void createCertificate(Path directory) {
    runKeytool(directory);
    try {
      KeyStore store =
          KeyStore.getInstance(directory.resolve(STORE).toFile(), PASSWORD.toCharArray());
      Certificate certificate = store.getCertificate(ALIAS);
      Key key = store.getKey(ALIAS, PASSWORD.toCharArray());
      writePem(directory.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded());
      writePem(directory.resolve("key.pem"), "PRIVATE KEY", key.getEncoded());
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry(ALIAS, certificate);
      try (var out = Files.newOutputStream(directory.resolve("trust.p12"))) {
        trust.store(out, PASSWORD.toCharArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("certificate cannot be made", e);
    }
  }

  private static void runKeytool(Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", ALIAS, "-keyalg", "EC"));
    command.addAll(List.of("-groupname", "secp256r1", "-dname", "CN=localhost"));
    command.addAll(List.of("-ext", "san=ip:127.0.0.1,dns:localhost", "-validity", "2"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", directory.resolve(STORE).toString()));
    Path log = directory.resolve("keytool.log");
    try {
      Process keytool =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (keytool.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("keytool failed; it said: " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writePem(Path file, String type, byte[] encoded) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }
}
