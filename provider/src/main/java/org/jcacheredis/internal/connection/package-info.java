// SPDX-License-Identifier: Apache-2.0
/**
 * The way to the server and back: commands, scripts, pipelines, failures told in our words. The
 * only package that imports Jedis; imports {@code internal.settings} for what it is built from.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.connection;
