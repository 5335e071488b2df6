// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hibernate.SessionFactory;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two session factories with a cache manager each stand for two JVMs. */
class HibernateExampleIT {
  private static final String DATABASE = "jdbc:h2:mem:books;DB_CLOSE_DELAY=-1";

  @TempDir Path directory;
  private SessionFactory here;
  private SessionFactory there;

  @BeforeEach
  void open() throws IOException {
    here = factory("here", "create-drop");
    there = factory("there", "none");
    here.inTransaction(session -> session.persist(new Book(1, "Notes", "Ada", "Luigi")));
  }

  private SessionFactory factory(String name, String schema) throws IOException {
    return HibernateExample.configuration(configuration(name), DATABASE)
        .setProperty("hibernate.hbm2ddl.auto", schema)
        .buildSessionFactory();
  }

  /** Another URI is another manager. */
  private String configuration(String name) throws IOException {
    Path file = directory.resolve(name + ".conf");
    Files.writeString(
        file,
        "include classpath(\"hibernate-example.conf\")\njcache-redis.uri = \""
            + TestServers.shared().uri()
            + "\"\n");
    return file.toUri().toString();
  }

  @AfterEach
  void cleanUp() {
    there.close();
    here.close();
    try (RedisProbe probe = RedisProbe.of(TestServers.shared())) {
      probe.keyBytes("hibernate-example:*").forEach(probe::del);
    }
  }

  @Test
  void find_entityAndCollectionCachedByAnotherJvm_asksNoDatabase() {
    here.inSession(session -> assertThat(session.find(Book.class, 1L).authors).hasSize(2));
    there.getStatistics().clear();

    there.inSession(
        session -> {
          Book book = session.find(Book.class, 1L);
          assertThat(book.title).isEqualTo("Notes");
          assertThat(book.authors).containsExactly("Ada", "Luigi");
        });

    assertThat(there.getStatistics().getPrepareStatementCount()).isZero();
    assertThat(there.getStatistics().getSecondLevelCacheHitCount()).isEqualTo(2);
  }

  @Test
  void find_entityChangedByAnotherJvm_seesTheChange() {
    there.inSession(session -> session.find(Book.class, 1L));
    here.inTransaction(session -> session.find(Book.class, 1L).title = "Sketch");

    there.inSession(session -> assertThat(session.find(Book.class, 1L).title).isEqualTo("Sketch"));
  }

  @Test
  void query_resultCachedByAnotherJvm_asksNoDatabase() {
    assertThat(titles(here)).isEqualTo(1);
    there.getStatistics().clear();

    assertThat(titles(there)).isEqualTo(1);

    assertThat(there.getStatistics().getQueryCacheHitCount()).isOne();
    assertThat(there.getStatistics().getPrepareStatementCount()).isZero();
  }

  private static int titles(SessionFactory factory) {
    return factory.fromSession(
        session ->
            session
                .createSelectionQuery("from Book where title = :title", Book.class)
                .setParameter("title", "Notes")
                .setCacheable(true)
                .getResultList()
                .size());
  }
}
