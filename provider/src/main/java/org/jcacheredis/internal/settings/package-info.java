// SPDX-License-Identifier: Apache-2.0
/**
 * Settings as checked, immutable data. One class here reads the configuration library; everything
 * else sees records. Imports {@code org.jcacheredis.codec} and {@code javax.cache} alone.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.settings;
