// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What one thread did and saw, by the clock that all processes of a machine share: which version of
 * a key was complete when, when which version was read last, and which one a listener heard of. Not
 * thread-safe.
 */
final class Ledger {
  /** The time of a change that may or may not have been made. */
  static final long UNKNOWN = 0;

  private final List<Note> notes = new ArrayList<>();
  private final long[] seen = new long[Game.KEYS + Game.SHORT_LIVED];
  private final long[] seenAt = new long[seen.length];

  /** What a fact is about. */
  enum Kind {
    WROTE,
    READ,
    HEARD
  }

  /**
   * A fact.
   *
   * @param nanos of a write, when it was complete; of reads, when the last of them began
   */
  record Note(Kind kind, int key, long version, long nanos) {
    private static Note of(String line) {
      String[] words = line.split(" ");
      return new Note(
          Kind.valueOf(words[0]),
          Integer.parseInt(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]));
    }

    @Override
    public String toString() {
      return kind + " " + key + " " + version + " " + nanos;
    }
  }

  void wrote(int key, long version, long completed) {
    notes.add(new Note(Kind.WROTE, key, version, completed));
  }

  void read(int key, long version, long begun) {
    if (seen[key] != version) {
      noteLastRead(key);
      seen[key] = version;
    }
    seenAt[key] = begun;
  }

  private void noteLastRead(int key) {
    if (seen[key] != 0) {
      notes.add(new Note(Kind.READ, key, seen[key], seenAt[key]));
    }
  }

  /** All facts; the ledger is closed. */
  List<Note> close() {
    for (int key = 0; key < seen.length; key++) {
      noteLastRead(key);
    }
    return notes;
  }

  static void write(Path file, Collection<Note> notes) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      notes.forEach(out::println);
    }
  }

  static List<Note> read(Path file) {
    try {
      return Files.readAllLines(file).stream().map(Note::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
