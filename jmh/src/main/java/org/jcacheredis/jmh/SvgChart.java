// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Draws plots; points are medians, their bars reach from the lowest to the highest round. */
final class SvgChart {
  private static final Rectangle SIZE = new Rectangle(760, 460);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
  private static final String BARS = "points: median; bars: lowest to highest round";
  private static final double BESIDE = 0.04;

  /** The palette of Okabe and Ito, which colour-blind people can tell apart. */
  private static final List<Color> COLORS =
      List.of(
          new Color(0xD55E00),
          new Color(0x0072B2),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          Color.DARK_GRAY);

  private final String caption;

  /**
   * @param caption where and how the figures came about; every plot shows it
   */
  SvgChart(String caption) {
    this.caption = caption;
  }

  /** Writes the plot as SVG. */
  void draw(Plot plot, Path file) throws IOException {
    SVGGraphics2D svg =
        new SVGGraphics2D(
            GenericDOMImplementation.getDOMImplementation()
                .createDocument("http://www.w3.org/2000/svg", "svg", null));
    svg.setSVGCanvasSize(SIZE.getSize());
    chart(plot).draw(svg, SIZE);
    try (Writer out = Files.newBufferedWriter(file)) {
      svg.stream(out, true);
    }
  }

  private JFreeChart chart(Plot plot) {
    ValueAxis across =
        new SymbolAxis(plot.across().title(), plot.across().labels().toArray(String[]::new));
    across.setRange(-0.5, plot.across().labels().size() - 0.5);
    ((SymbolAxis) across).setGridBandsVisible(false);
    XYPlot area = new XYPlot(data(plot), across, upwards(plot), renderer(plot));
    area.setBackgroundPaint(Color.WHITE);
    area.setRangeGridlinePaint(Color.LIGHT_GRAY);
    area.setDomainGridlinesVisible(false);
    JFreeChart chart = new JFreeChart(plot.title(), TITLE, area, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.addSubtitle(0, new TextTitle(plot.subtitle(), TEXT));
    chart.addSubtitle(1, footer()); // below the legend
    return chart;
  }

  private TextTitle footer() {
    TextTitle footer = new TextTitle(caption + "\n" + BARS, SMALL);
    footer.setPosition(RectangleEdge.BOTTOM);
    footer.setHorizontalAlignment(HorizontalAlignment.LEFT);
    footer.setTextAlignment(HorizontalAlignment.LEFT);
    footer.setPaint(Color.DARK_GRAY);
    footer.setPadding(8, 8, 4, 8);
    return footer;
  }

  private static ValueAxis upwards(Plot plot) {
    NumberAxis axis =
        plot.scale() == Plot.Scale.LINEAR ? new NumberAxis(plot.unit()) : logarithmic(plot);
    axis.setNumberFormatOverride(NumberFormat.getInstance(Locale.ROOT));
    return axis;
  }

  private static NumberAxis logarithmic(Plot plot) {
    LogarithmicAxis axis = new LogarithmicAxis(plot.unit());
    axis.setExpTickLabelsFlag(false);
    axis.setAutoRangeNextLogFlag(true); // whole decades, for only their ends have labels
    return axis;
  }

  private static YIntervalSeriesCollection data(Plot plot) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    double middle = (plot.curves().size() - 1) / 2.0;
    for (int curve = 0; curve < plot.curves().size(); curve++) {
      YIntervalSeries series = new YIntervalSeries(plot.curves().get(curve).name());
      double shift = (curve - middle) * BESIDE; // so that bars do not hide one another
      List<Optional<Spread>> points = plot.curves().get(curve).points();
      for (int tick = 0; tick < points.size(); tick++) {
        double x = tick + shift;
        points.get(tick).ifPresent(y -> series.add(x, y.median(), y.low(), y.high()));
      }
      data.addSeries(series);
    }
    return data;
  }

  private static XYErrorRenderer renderer(Plot plot) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultLinesVisible(plot.across().line() == Plot.Line.JOINED);
    renderer.setDefaultShapesVisible(true);
    for (int curve = 0; curve < plot.curves().size(); curve++) {
      int color = Contender.labels().indexOf(plot.curves().get(curve).contender());
      renderer.setSeriesPaint(curve, COLORS.get(Math.floorMod(color, COLORS.size())));
      renderer.setSeriesStroke(curve, new BasicStroke(2));
    }
    return renderer;
  }
}
