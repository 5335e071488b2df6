// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

class SvgChartTest {
  @TempDir Path directory;

  @Test
  void draw_everyPlotOfAReport_isSvgThatNamesContendersAndMachine() throws Exception {
    Report report = Report.read(List.of(sample()));
    List<Plot> plots = new Plots(report.scores()).all();
    SvgChart chart = new SvgChart(report.machine());

    assertThat(plots)
        .extracting(Plot::fileName)
        .containsExactlyInAnyOrder(
            "throughput-by-threads-get-100-b-10000-entries.svg",
            "ratio-of-jcache-redis-by-threads-get-100-b-10000-entries.svg",
            "latency-get-100-b-10000-entries-64-threads.svg");
    for (Plot plot : plots) {
      Path file = directory.resolve(plot.fileName());
      chart.draw(plot, file);
      assertThat(text(file)).contains("jedis", "a machine", plot.across().title());
    }
  }

  private static String text(Path svg)
      throws IOException, ParserConfigurationException, SAXException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(svg.toFile()).getDocumentElement().getTextContent();
  }

  private static Path sample() throws URISyntaxException {
    return Path.of(SvgChartTest.class.getResource("/sample.json").toURI());
  }
}
