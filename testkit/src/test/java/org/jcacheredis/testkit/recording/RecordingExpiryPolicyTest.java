// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.cache.expiry.Duration;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;
import org.junit.jupiter.api.Test;

class RecordingExpiryPolicyTest {
  private final RecordingExpiryPolicy policy =
      RecordingExpiryPolicy.of(Duration.ONE_MINUTE, null, Duration.ZERO);

  @Test
  void ask_eachCall_givesItsDurationAndCounts() {
    assertThat(policy.getExpiryForCreation()).isEqualTo(Duration.ONE_MINUTE);
    assertThat(policy.getExpiryForAccess()).isNull();
    assertThat(policy.getExpiryForUpdate()).isEqualTo(Duration.ZERO);
    assertThat(policy.getExpiryForUpdate()).isEqualTo(Duration.ZERO);
    assertThat(policy.count(Call.CREATION)).isEqualTo(1);
    assertThat(policy.count(Call.UPDATE)).isEqualTo(2);
  }

  @Test
  void ask_toldToFail_throwsUntilAnsweredAgain() {
    policy.failWith(Call.ACCESS, new IllegalStateException("told"));
    assertThatThrownBy(policy::getExpiryForAccess).hasMessage("told");
    policy.answer(Call.ACCESS, Duration.ETERNAL);
    assertThat(policy.getExpiryForAccess()).isEqualTo(Duration.ETERNAL);
    assertThat(policy.count(Call.ACCESS)).isEqualTo(2);
  }
}
