// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JavaProcessIT {
  private static final String SETTING = "jcache-redis.java-process";

  @Test
  void send_line_isAnswered() {
    try (JavaProcess process =
        JavaProcess.start(Duration.ofSeconds(60), List.of("-Dgreeting=hello"), Echo.class, "you")) {
      assertThat(process.awaitLine("hello")).isEqualTo("hello you");
      process.send("7");
      assertThat(process.awaitLine("got")).isEqualTo("got 7");
      assertThat(process.exitValue()).isEqualTo(7);
      assertThat(process.lines()).containsExactly("hello you", "got 7");
    }
  }

  @Test
  void start_settingOfTheProvider_isPassedOn() {
    System.setProperty(SETTING, "as here");
    try (JavaProcess process = JavaProcess.start(SettingReader.class)) {
      assertThat(process.awaitLine("setting ")).isEqualTo("setting as here");
    } finally {
      System.clearProperty(SETTING);
    }
  }

  @Test
  void exitValue_pastDeadline_killsAndSaysWhatWasPrinted() {
    try (JavaProcess process = JavaProcess.start(Duration.ofSeconds(2), List.of(), Echo.class)) {
      assertThatThrownBy(process::exitValue).hasMessageContaining("deadline");
      assertThat(ProcessHandle.of(process.pid())).isEmpty();
    }
  }

  @Test
  void kill_jvmWithServer_takesTheServerAlong() {
    try (JavaProcess process = JavaProcess.start(ServerOwner.class)) {
      long serverPid = Long.parseLong(process.awaitLine("server ").substring("server ".length()));
      assertThat(ProcessHandle.of(serverPid)).isPresent();
      process.kill();
      Polling.require(
          Duration.ofSeconds(10), "end of the server", () -> isGone(ProcessHandle.of(serverPid)));
    }
  }

  // a container without an init process leaves the dead as zombies, which still have a handle
  private static boolean isGone(Optional<ProcessHandle> handle) {
    return handle.isEmpty() || handle.get().info().command().isEmpty();
  }

  static final class Echo {
    public static void main(String[] arguments) throws IOException {
      System.out.println(
          System.getProperty("greeting") + (arguments.length > 0 ? " " + arguments[0] : ""));
      String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
      System.out.println("got " + line);
      System.exit(Integer.parseInt(line));
    }
  }

  static final class SettingReader {
    public static void main(String[] arguments) {
      System.out.println("setting " + System.getProperty(SETTING));
    }
  }

  static final class ServerOwner {
    public static void main(String[] arguments) throws IOException {
      System.out.println("server " + RedisServer.start().pid());
      System.in.read();
    }
  }
}
