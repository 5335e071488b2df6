// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on a loopback port in front of one server, which breaks what passes through it on
 * demand and counts it. Plain TCP only. Thread-safe.
 */
public final class FaultProxy implements RedisEndpoint, AutoCloseable {
  private static final int BACKLOG = 128;

  private final RedisEndpoint target;
  private final int port;
  private final ProxyState state = new ProxyState();
  private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket listening;

  private FaultProxy(RedisEndpoint target, int port) {
    this.target = target;
    this.port = port;
  }

  /** Starts a proxy that passes everything. */
  public static FaultProxy before(RedisEndpoint target) {
    FaultProxy proxy = new FaultProxy(target, Ports.free());
    proxy.listen();
    return proxy;
  }

  /** The address of the target with this proxy's host and port. */
  @Override
  public URI uri() {
    URI uri = target.uri();
    try {
      return new URI(
          uri.getScheme(),
          uri.getUserInfo(),
          "127.0.0.1",
          port,
          uri.getPath(),
          uri.getQuery(),
          null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Accepts connections and forwards nothing either way until {@link #heal()}, then all of it. */
  public void freeze() {
    state.mode(ProxyState.Mode.FREEZE);
  }

  /** Requests reach the server; its replies are lost, those after {@link #heal()} are not. */
  public void dropReplies() {
    state.mode(ProxyState.Mode.DROP_REPLIES);
  }

  /** Holds each chunk of a reply for this long before it passes on; chunks stay in order. */
  public void delay(Duration duration) {
    state.delay(duration);
  }

  /** Closes all connections at once; new ones are welcome. */
  public void cut() {
    links.forEach(ProxyLink::close);
  }

  /** Closes all connections and refuses new ones until {@link #heal()}. */
  public synchronized void refuse() {
    stopListening();
    cut();
  }

  /** Passes everything again, on the same port. */
  public synchronized void heal() {
    if (listening == null) {
      listen();
    }
    state.delay(Duration.ZERO);
    state.mode(ProxyState.Mode.PASS);
  }

  /** Bytes that reached the server. */
  public long requestBytes() {
    return state.requestBytes();
  }

  /** Bytes that the server sent, lost ones included. */
  public long replyBytes() {
    return state.replyBytes();
  }

  /**
   * How often a client began to send after the server's last answer, summed over connections: a
   * pipeline counts once if its requests leave before its first reply arrives. Subscriptions and
   * the greeting of a new connection count as well, a PING alone does not.
   */
  public long roundTrips() {
    return state.roundTrips();
  }

  /** Connections that are open now. */
  public int connections() {
    return links.size();
  }

  /** Sets the three counters to zero. */
  public void resetCounts() {
    state.resetCounts();
  }

  /** Refuses and ends all connections; the threads end soon after. */
  @Override
  public synchronized void close() {
    stopListening();
    cut();
    state.mode(ProxyState.Mode.PASS);
  }

  private synchronized void listen() {
    try {
      ServerSocket socket = new ServerSocket();
      // clients of the last life may still be in TIME_WAIT
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      listening = socket;
      daemon("accept", () -> accept(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void stopListening() {
    if (listening != null) {
      ProxyLink.closeQuietly(listening);
      listening = null;
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        open(socket, socket.accept());
      } catch (IOException closed) {
        // the loop ends if it was us; otherwise the client of this connection is gone
      }
    }
  }

  private void open(ServerSocket socket, Socket client) {
    ProxyLink link;
    try {
      link = new ProxyLink(client, new Socket(target.host(), target.port()), state);
    } catch (IOException unreachable) {
      ProxyLink.closeQuietly(client);
      return;
    }
    // in this order: whoever finds the link in the set may close it
    link.onClose(() -> links.remove(link));
    links.add(link);
    for (Runnable pump : List.<Runnable>of(link::pumpRequests, link::pumpReplies)) {
      daemon("pump", pump);
    }
    if (socket.isClosed()) {
      // refused or closed while this connection was being made
      link.close();
    }
  }

  private void daemon(String role, Runnable work) {
    Thread thread = new Thread(work, "fault-proxy-" + port + "-" + role);
    thread.setDaemon(true);
    thread.start();
  }
}
