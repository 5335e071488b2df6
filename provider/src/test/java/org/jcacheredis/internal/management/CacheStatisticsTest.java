// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.jcacheredis.internal.entry.Effects;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheStatisticsTest {
  private static final long MICROS = 1_000;

  private final CacheStatistics statistics = new CacheStatistics();

  @BeforeEach
  void enable() {
    statistics.setEnabled(true);
  }

  @Test
  void everything_atFirst_isZero() {
    assertThat(statistics.getCacheGets()).isZero();
    assertThat(statistics.getCacheHitPercentage()).isZero();
    assertThat(statistics.getCacheMissPercentage()).isZero();
    assertThat(statistics.getAverageGetTime()).isZero();
    assertThat(statistics.getAveragePutTime()).isZero();
    assertThat(statistics.getAverageRemoveTime()).isZero();
    assertThat(statistics.getCacheEvictions()).isZero();
  }

  @Test
  void percentages_ofHitsAndMisses_addUp() {
    record(Operation.GET, Outcome.Kind.FOUND, 1);
    record(Operation.GET, Outcome.Kind.FOUND, 1);
    record(Operation.GET, Outcome.Kind.FOUND, 1);
    record(Operation.GET, Outcome.Kind.ABSENT, 1);
    assertThat(statistics.getCacheGets()).isEqualTo(4);
    assertThat(statistics.getCacheHitPercentage()).isEqualTo(75f);
    assertThat(statistics.getCacheMissPercentage()).isEqualTo(25f);
  }

  @Test
  void averages_ofEachKind_divideByTheirOwnNumber() {
    record(Operation.GET, Outcome.Kind.FOUND, 10);
    record(Operation.GET, Outcome.Kind.ABSENT, 30);
    record(Operation.PUT, Outcome.Kind.STORED, 7);
    record(Operation.REMOVE, Outcome.Kind.REMOVED, 4);
    record(Operation.REMOVE, Outcome.Kind.REMOVED, 6);
    assertThat(statistics.getAverageGetTime()).isEqualTo(20f);
    assertThat(statistics.getAveragePutTime()).isEqualTo(7f);
    assertThat(statistics.getAverageRemoveTime()).isEqualTo(5f);
  }

  @Test
  void operation_thatIsReadAndWrite_countsAsBoth() {
    record(Operation.GET_AND_PUT, Outcome.Kind.UPDATED, 8);
    assertThat(statistics.getCacheHits()).isEqualTo(1);
    assertThat(statistics.getCachePuts()).isEqualTo(1);
    assertThat(statistics.getAveragePutTime()).isEqualTo(8f);
  }

  @Test
  void record_whileDisabled_countsNothingAndKeepsWhatIs() {
    record(Operation.PUT, Outcome.Kind.STORED, 1);
    statistics.setEnabled(false);
    record(Operation.PUT, Outcome.Kind.STORED, 1);
    assertThat(statistics.isEnabled()).isFalse();
    assertThat(statistics.getCachePuts()).isEqualTo(1);
  }

  @Test
  void clear_afterCounting_zeroesAveragesToo() {
    record(Operation.GET_AND_REMOVE, Outcome.Kind.REMOVED, 5);
    record(Operation.GET_AND_PUT, Outcome.Kind.CREATED, 5);
    statistics.clear();
    everything_atFirst_isZero();
    assertThat(statistics.getCachePuts()).isZero();
    assertThat(statistics.getCacheRemovals()).isZero();
  }

  private void record(Operation operation, Outcome.Kind outcome, long micros) {
    statistics.record(Effects.of(operation, outcome), micros * MICROS);
  }
}
