// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs one outage of a listening connection once, not each attempt to end it. */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  private final URI server;
  private boolean wasToldOfLoss;
  private boolean wasToldOfRefusal;

  Outage(URI server) {
    this.server = server;
  }

  /**
   * Told at first, and once more, as a warning, if it turns out that somebody must grant a right.
   */
  void note(String reason, boolean isRefusal) {
    if (isRefusal ? wasToldOfRefusal : wasToldOfLoss) {
      LOG.debug("{}", reason);
      return;
    }
    wasToldOfLoss = true;
    wasToldOfRefusal |= isRefusal;
    // who needs what is not heard warns of it
    LOG.atLevel(isRefusal ? Level.WARN : Level.INFO)
        .log("{}; until this is mended, changes by other clients are not heard", reason);
  }

  void end() {
    if (wasToldOfLoss) {
      LOG.info("changes by other clients are heard again from {}", server);
    }
    wasToldOfLoss = false;
    wasToldOfRefusal = false;
  }
}
