// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassGateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.String",
        "java.util.ArrayList",
        "[Ljava.lang.String;",
        "[[I",
        "int",
        "java.util.concurrent.ConcurrentHashMap",
        "java.time.Instant",
        "java.util.NoSuchElementException"
      })
  void load_ofValueTypes_isAllowed(String name) {
    assertThat(Primitives.load(gate(), name)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Runtime",
        "java.lang.ProcessBuilder",
        "java.lang.Class",
        "java.net.URL",
        "java.io.File",
        "javax.management.BadAttributeValueExpException",
        "java.rmi.server.UnicastRemoteObject",
        "javax.naming.InitialContext",
        "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
        "java.lang.reflect.Proxy",
        "[Ljava.lang.Runtime;",
        "java.io.sub.FooException",
        "javax.sql.rowset.BaseRowSet",
        "com.sun.rowset.JdbcRowSetImpl",
        "java.lang.invoke.MethodHandle"
      })
  void load_ofOthers_isRefused(String name) {
    assertThatThrownBy(() -> gate().load(name))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("is not allowed; declare it with setTypes or add it to codec.allow");
  }

  @Test
  void allows_ofDeclaredType_opensItsPackageAndBelow() {
    ClassGate gate =
        new ClassGate(List.of(), String.class, Samples.Point[].class, getClass().getClassLoader());

    assertThat(gate.allows(Samples.Point.class)).isTrue();
    assertThat(gate.allows(Samples.Order.class)).isTrue();
    assertThat(gate.allows(org.assertj.core.api.Assertions.class)).isFalse();
  }

  @Test
  void allows_ofDeclaredJdkType_opensOnlyIt() {
    ClassGate gate =
        new ClassGate(List.of(), String.class, java.net.URL.class, getClass().getClassLoader());

    assertThat(gate.allows(java.net.URL.class)).isTrue();
    assertThat(gate.allows(java.net.Socket.class)).isFalse();
  }

  @Test
  void allows_ofExactPattern_isThatClassAndItsNestedOnes() {
    ClassGate gate =
        new ClassGate(
            List.of("org.jcacheredis.codec.Samples$Point"),
            Object.class,
            Object.class,
            getClass().getClassLoader());

    assertThat(gate.allows(Samples.Point.class)).isTrue();
    assertThat(gate.allows(Samples.Person.class)).isFalse();
  }

  @Test
  void constructor_ofPatternForEverything_isRefused() {
    for (String pattern : List.of("*", "", " ", "*Exception")) {
      assertThatThrownBy(
              () ->
                  new ClassGate(
                      List.of(pattern), Object.class, Object.class, getClass().getClassLoader()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("codec.allow");
    }
  }

  private static ClassGate gate() {
    return new ClassGate(
        List.of(), Object.class, Object.class, ClassGateTest.class.getClassLoader());
  }
}
