// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection through the proxy: two sockets and a pump for each direction. */
final class ProxyLink {
  private static final int CHUNK = 64 * 1024;
  private static final byte[] PING = "*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Socket client;
  private final Socket server;
  private final ProxyState state;
  private final AtomicBoolean answered = new AtomicBoolean(true);
  private final AtomicBoolean open = new AtomicBoolean(true);
  private volatile Runnable onClose = () -> {};

  ProxyLink(Socket client, Socket server, ProxyState state) throws IOException {
    this.client = client;
    this.server = server;
    this.state = state;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  void onClose(Runnable action) {
    onClose = action;
  }

  void pumpRequests() {
    pump(client, server, this::passRequest);
  }

  void pumpReplies() {
    pump(server, client, this::passReply);
  }

  void close() {
    if (open.compareAndSet(true, false)) {
      closeQuietly(client);
      closeQuietly(server);
      onClose.run();
      state.wake();
    }
  }

  static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // it is being given up in any case
    }
  }

  private boolean passRequest(byte[] chunk, int bytes) throws InterruptedException {
    state.awaitUnfrozen(open::get);
    state.countRequest(bytes, answered.getAndSet(false) && !isPing(chunk, bytes));
    return true;
  }

  /** A sign of life that nobody waits for: when it comes is chance. */
  private static boolean isPing(byte[] chunk, int bytes) {
    return Arrays.equals(chunk, 0, bytes, PING, 0, PING.length);
  }

  private boolean passReply(byte[] chunk, int bytes) throws InterruptedException {
    long arrival = System.nanoTime();
    state.countReply(bytes);
    answered.set(true);
    boolean passes = state.awaitUnfrozen(open::get) != ProxyState.Mode.DROP_REPLIES;
    state.awaitDelay(arrival, open::get);
    return passes;
  }

  private void pump(Socket from, Socket to, Passage passage) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int length = in.read(chunk);
      while (length >= 0) {
        if (passage.admits(chunk, length)) {
          out.write(chunk, 0, length);
          out.flush();
        }
        length = in.read(chunk);
      }
    } catch (IOException gone) {
      // one side ended the connection, so both do
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /** Decides on a chunk, possibly after a while. */
  private interface Passage {
    boolean admits(byte[] chunk, int bytes) throws InterruptedException;
  }
}
