// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Sums up the reports of a TCK run, and fails if a test failed or too few ran: a run that finds no
 * tests must not look like one that passes.
 */
public final class TckSummary {
  private TckSummary() {}

  /**
   * @param arguments the directory of the reports, the least number of tests, the layout of the
   *     caches
   */
  public static void main(String[] arguments) throws IOException {
    Path reports = Path.of(arguments[0]);
    int least = Integer.parseInt(arguments[1]);
    List<Element> cases = cases(reports);
    List<String> failed =
        cases.stream().filter(TckSummary::isFailed).map(TckSummary::name).sorted().toList();
    long skipped = cases.stream().filter(test -> has(test, "skipped")).count();
    long run = cases.size() - skipped;
    failed.forEach(name -> System.out.println("TCK failure: " + name));
    System.out.printf(
        "TCK 1.1.1: %d run, %d failed, %d skipped, layout %s%n",
        run, failed.size(), skipped, arguments[2]);
    if (run < least || !failed.isEmpty()) {
      throw new IllegalStateException(
          "TCK not passed: "
              + run
              + " of at least "
              + least
              + " tests ran, "
              + failed.size()
              + " failed; see the reports");
    }
  }

  private static List<Element> cases(Path reports) throws IOException {
    List<Element> cases = new ArrayList<>();
    if (Files.isDirectory(reports)) {
      try (Stream<Path> files = Files.list(reports)) {
        files.filter(TckSummary::isReport).forEach(file -> cases.addAll(parse(file)));
      }
    }
    return cases;
  }

  private static boolean isReport(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("TEST-") && name.endsWith(".xml");
  }

  private static List<Element> parse(Path report) {
    try {
      NodeList found =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.toFile())
              .getElementsByTagName("testcase");
      return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("report " + report + " is not readable", e);
    }
  }

  private static boolean isFailed(Element test) {
    return has(test, "failure") || has(test, "error");
  }

  private static boolean has(Element test, String child) {
    return test.getElementsByTagName(child).getLength() > 0;
  }

  private static String name(Element test) {
    return test.getAttribute("classname") + "#" + test.getAttribute("name");
  }
}
