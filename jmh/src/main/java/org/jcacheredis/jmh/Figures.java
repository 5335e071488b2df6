// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The scores of one metric and of contenders that can be compared. */
final class Figures {
  private final Metric metric;
  private final Contender.Place place;
  private final List<Score> scores;

  /** Those of the scores that are of the metric and of contenders in that place. */
  Figures(Metric metric, Contender.Place place, List<Score> scores) {
    this.metric = metric;
    this.place = place;
    this.scores =
        scores.stream()
            .filter(score -> score.metric() == metric)
            .filter(score -> Contender.placeOf(score.contender()) == place)
            .toList();
  }

  Metric metric() {
    return metric;
  }

  /** What they are, for people. */
  String title() {
    return metric.title()
        + switch (place) {
          case REDIS -> "";
          case LOCAL -> " in process";
          case LAYOUT -> " of layouts";
        };
  }

  /** In the order in which they were measured. */
  List<Cell> cells() {
    return scores.stream().map(Score::cell).distinct().toList();
  }

  /** Those that were measured; the first is the one that the others are compared with. */
  List<String> contenders() {
    return scores.stream().map(Score::contender).distinct().sorted(Contender.ORDER).toList();
  }

  /** Nothing where the contender failed or did not run. */
  Optional<Spread> of(Cell cell, String contender) {
    return Spread.of(measured(cell, contender).mapToDouble(Score::figure));
  }

  /** One contender's figures by another's, each within its round. */
  Optional<Spread> ratio(Cell cell, String contender, String rival) {
    return Spread.of(
        measured(cell, contender)
            .flatMapToDouble(
                ours ->
                    measured(cell, rival)
                        .filter(theirs -> theirs.round() == ours.round())
                        .mapToDouble(theirs -> ours.figure() / theirs.figure())));
  }

  private Stream<Score> measured(Cell cell, String contender) {
    return scores.stream()
        .filter(score -> score.cell().equals(cell))
        .filter(score -> score.contender().equals(contender));
  }
}
