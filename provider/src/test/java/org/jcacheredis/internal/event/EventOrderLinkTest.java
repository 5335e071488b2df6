// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class EventOrderLinkTest extends EventOrderFixture {
  @Test
  void inTurn_linkDown_isToldAtOnceAndALateEchoDropped() {
    order.linkDown();
    call(KEY, 1);
    assertThat(told).containsExactly("own 1");
    echo(KEY, 1); // the new connection may bring it before it counts as up
    order.linkUp();
    assertThat(order.isIdle()).isTrue();
    assertThat(order.remembered()).isZero();
  }

  @Test
  void linkDown_callersWaitForEchoes_areToldAtOnceThoughItIsUpAgain() throws InterruptedException {
    Thread caller = startWaitingCaller(() -> call(KEY, 1));
    order.linkDown();
    order.linkUp();
    join(caller);
    assertThat(told).containsExactly("own 1");
    assertThat(order.remembered()).isZero();
  }

  @Test
  void linkDown_streamHasBroughtTheChanges_keepTheirOrder() throws InterruptedException {
    foreign(KEY, "ahead");
    echo(KEY, 1);
    echo(OTHER, 2);
    Thread caller = startWaitingCaller(() -> call(KEY, 1));
    order.linkDown();
    drain();
    join(caller);
    call(OTHER, 2);
    assertThat(told).containsExactly("ahead", "own 1", "own 2");
  }

  @Test
  void linkDown_echoesThatNeverCome_areForgotten() {
    order.linkDown();
    call(KEY, 1);
    order.linkUp();
    assertThat(order.remembered()).isOne();
    order.linkDown();
    assertThat(order.remembered()).isZero();
  }

  @Test
  void sweep_longAfter_forgetsWhomNobodyComesFor() {
    order.linkDown();
    call(KEY, 1);
    passed.addAndGet(Duration.ofMinutes(6).toNanos());
    order.sweep();
    assertThat(order.remembered()).isZero();
  }

  @Test
  void inTurn_linkLongDown_remembersABoundedNumber() {
    order.linkDown();
    for (long id = 1; id <= 5_000; id++) {
      call(KEY, id);
    }
    assertThat(told).hasSize(5_000);
    assertThat(order.remembered()).isLessThan(2_000);
  }

  @Test
  void foreign_poolIsClosed_isForgottenAndCallersGoOn() {
    EventOrder closing =
        new EventOrder(
            task -> {
              throw new RejectedExecutionException("closed");
            },
            3,
            System::nanoTime,
            LONG);
    closing.linkUp();
    for (int i = 0; i < 10; i++) {
      assertThat(closing.foreign(KEY, tells("foreign"))).isTrue();
    }
    closing.echo(KEY, 1, tells("instead of 1"));
    closing.foreign(KEY, tells("foreign"));
    closing.inTurn(KEY, 1, tells("own 1"));
    assertThat(told).containsExactly("own 1");
    assertThat(closing.isIdle()).isTrue();
  }
}
