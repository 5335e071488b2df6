// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** An entity, and a collection that is cached by itself. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
class Book {
  @Id long id;
  String title = "";

  @ElementCollection
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
  List<String> authors = new ArrayList<>();

  /** For Hibernate. */
  Book() {}

  Book(long id, String title, String... authors) {
    this.id = id;
    this.title = title;
    this.authors.addAll(List.of(authors));
  }
}
