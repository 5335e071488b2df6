// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Speaks as much of the protocol as a client needs to believe it: OK to the handshake, its own key
 * to a GET, as long as it has answers left. Then it is silent, closes, or goes on a byte at a time.
 */
final class SilentServer implements AutoCloseable {
  /** What comes after the last answer. */
  enum End {
    SILENCE,
    CLOSE,
    TRICKLE
  }

  private static final String GREETING =
      "*4\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:2\r\n";

  private final ServerSocket listening;
  private final int answers;
  private final End end;

  SilentServer(int answers, End end) {
    this.answers = answers;
    this.end = end;
    try {
      this.listening = new ServerSocket(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + listening.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      OutputStream out = client.getOutputStream();
      int left = answers;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = words(in, Integer.parseInt(line.substring(1)));
        if (words[0].equals("HELLO")) {
          out.write(GREETING.getBytes(StandardCharsets.UTF_8));
        } else if (!words[0].equals("GET")) {
          out.write("+OK\r\n".getBytes(StandardCharsets.UTF_8));
        } else if (left-- > 0) {
          out.write(bulk(words[1]));
        } else if (end == End.CLOSE) {
          return;
        } else if (end == End.TRICKLE) {
          trickle(out, bulk(words[1].repeat(50)));
        }
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  private static String[] words(BufferedReader in, int count) throws IOException {
    String[] words = new String[count];
    for (int i = 0; i < count; i++) {
      in.readLine();
      words[i] = in.readLine();
    }
    return words;
  }

  private static byte[] bulk(String text) {
    return ("$" + text.length() + "\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void trickle(OutputStream out, byte[] bytes) throws IOException {
    for (byte next : bytes) {
      out.write(next);
      new CompletableFuture<Void>().completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).join();
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "silent-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
