package io.carillon.redis;

import org.jboss.logging.Logger;

/**
 * Tells in the log, once for all links to one Redis, that it is out of reach and that it is back:
 * who operates the service is to read one line, not one for each link and each attempt.
 */
public final class Outage {

  private static final Logger LOG = Logger.getLogger(Outage.class);

  private boolean underWay;

  /** A link was lost or not to be had. */
  synchronized void met(String link, String cause) {
    if (!underWay) {
      underWay = true;
      LOG.warnf("redis out of reach link=%s cause=%s", link, cause);
    } else {
      LOG.debugf("redis out of reach link=%s cause=%s", link, cause);
    }
  }

  /** A link was connected. */
  synchronized void overcome(String link) {
    if (underWay) {
      underWay = false;
      LOG.infof("redis within reach link=%s", link);
    }
  }
}
