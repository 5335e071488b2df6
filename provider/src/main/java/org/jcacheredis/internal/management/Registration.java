// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.management;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.cache.CacheException;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MXBean under the name that the specification prescribes, registered or not. Takes away only
 * what it put there itself. Of several beans of one name the first is shown; when it goes, the next
 * takes its place. Thread-safe.
 */
public final class Registration {
  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
  private static final String UNSAFE_IN_NAMES = "[:=,\n*?\"]";

  /** Who wants a name that another has; guarded by itself, as all changes are. */
  private static final Map<ObjectName, Deque<Registration>> WAITING = new HashMap<>();

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name;
  private final StandardMBean bean;
  private boolean registered;

  /** What a bean tells of; the text is the type in its name. */
  public enum Kind {
    CONFIGURATION("CacheConfiguration"),
    STATISTICS("CacheStatistics");

    private final String type;

    Kind(String type) {
      this.type = type;
    }
  }

  /** A bean of the cache {@code cache} in the manager {@code manager}; not registered yet. */
  public <T> Registration(Kind kind, URI manager, String cache, Class<T> shownAs, T bean) {
    this.name = name(kind, manager, cache);
    this.bean = new StandardMBean(bean, shownAs, true) {};
  }

  private static ObjectName name(Kind kind, URI manager, String cache) {
    String text =
        "javax.cache:type="
            + kind.type
            + ",CacheManager="
            + sanitized(withoutLogin(manager))
            + ",Cache="
            + sanitized(cache);
    try {
      return new ObjectName(text);
    } catch (JMException e) {
      throw new CacheException("cache '" + cache + "': no JMX name can be made of " + text, e);
    }
  }

  /** Everybody who may look at JMX sees the name. */
  private static String withoutLogin(URI manager) {
    return manager.toString().replaceFirst("//.*@", "//");
  }

  private static String sanitized(String part) {
    return part.replaceAll(UNSAFE_IN_NAMES, ".");
  }

  /** Registers or takes away; idempotent both ways. */
  public void set(boolean wanted) {
    synchronized (WAITING) {
      if (wanted && !registered && !waiting().contains(this)) {
        register();
      } else if (!wanted) {
        waiting().remove(this);
        unregister();
      }
      WAITING.values().removeIf(Deque::isEmpty);
    }
  }

  private Deque<Registration> waiting() {
    return WAITING.computeIfAbsent(name, any -> new ArrayDeque<>());
  }

  private void register() {
    try {
      server.registerMBean(bean, name);
      registered = true;
    } catch (InstanceAlreadyExistsException e) {
      LOG.warn("{} is shown for another manager with the same URI; this one's waits", name);
      waiting().add(this);
    } catch (JMException e) {
      throw new CacheException("cannot register the MBean " + name, e);
    }
  }

  private void unregister() {
    if (!registered) {
      return;
    }
    registered = false;
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      LOG.debug("{} was taken away by somebody else", name);
    } catch (JMException e) {
      throw new CacheException("cannot unregister the MBean " + name, e);
    }
    Registration next = waiting().poll();
    if (next != null) {
      next.register();
    }
  }
}
